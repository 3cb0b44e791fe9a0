package org.mxrelay.dns;

import java.util.List;

/**
 * The MX records of a domain as they are published, with their time to live.
 *
 * <p>Immutable.
 *
 * @param owner whose records they are: the domain, or what it is an alias of
 * @param origin who told them
 * @param records those of the first server that told, in its order; none if there are none
 * @param servers what each server that was asked for its own word said
 */
public record MxPublication(
    String owner, Origin origin, List<PublishedMx> records, List<ServerWord> servers) {

  public MxPublication {
    records = List.copyOf(records);
    servers = List.copyOf(servers);
  }

  /** Who told the records, and so what their time to live means. */
  public enum Origin {
    /** A server that is responsible for the zone: the time to live is the one that was set. */
    AUTHORITY,
    /** A cache: of the time to live only the remainder shows. */
    CACHE
  }

  /**
   * What a server said that was asked for what it knows itself.
   *
   * @param server its name and address, or its address alone
   * @param records the records of which it is the authority; none if it is none
   * @param trouble why it told nothing, in words; empty if it did
   */
  public record ServerWord(String server, List<PublishedMx> records, String trouble) {

    public ServerWord {
      records = List.copyOf(records);
    }

    /** Whether it spoke with authority. */
    public boolean isAuthoritative() {
      return trouble.isEmpty();
    }
  }
}
