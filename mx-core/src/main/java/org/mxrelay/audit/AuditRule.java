package org.mxrelay.audit;

import java.util.List;

/**
 * Judges one side of a domain's mail exchangers. Pure: it asks nobody.
 *
 * <p>Safe for use by several threads, and so must an implementation of the caller's be.
 */
@FunctionalInterface
public interface AuditRule {

  /** What there is to say of what was gathered; nothing if it is none of the rule's affair. */
  List<Finding> judge(MxPicture picture);
}
