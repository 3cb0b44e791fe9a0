package org.mxrelay.routing;

import org.mxrelay.routing.Fallthrough.Next;

/** How far a recipient goes on. */
enum Reach {
  /** It is relayed. */
  DONE,
  /** To the next transaction with the same exchange. */
  AGAIN,
  /** To no other exchange in this attempt. */
  NOBODY,
  /** To exchanges of the same preference. */
  EQUALS,
  /** To exchanges of the same preference; if there is none left, it ends. */
  EQUALS_THEN_FINAL,
  /** To any exchange. */
  BACKUPS,
  /** It ends. */
  FINAL;

  Disposition disposition(Next next) {
    return switch (this) {
      case DONE -> Disposition.DONE;
      case AGAIN -> Disposition.NEXT_TRANSACTION;
      case NOBODY -> Disposition.NEXT_ATTEMPT;
      case EQUALS -> routeIf(next == Next.SAME_PREFERENCE, Disposition.NEXT_ATTEMPT);
      case EQUALS_THEN_FINAL -> routeIf(next == Next.SAME_PREFERENCE, Disposition.FINAL);
      case BACKUPS -> routeIf(next != Next.NONE, Disposition.NEXT_ATTEMPT);
      case FINAL -> Disposition.FINAL;
    };
  }

  private static Disposition routeIf(boolean there, Disposition otherwise) {
    return there ? Disposition.NEXT_ROUTE : otherwise;
  }
}
