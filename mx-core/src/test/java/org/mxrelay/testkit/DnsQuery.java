package org.mxrelay.testkit;

/**
 * A question that a {@link ScriptedDnsServer} was asked.
 *
 * <p>Immutable.
 *
 * @param name the name as it was asked, in lower case, without the final dot; the root is empty
 * @param type the mnemonic of the type: {@code MX}, {@code AAAA}, or {@code TYPE65280} where there
 *     is none
 * @param transport how the question came
 * @param edns whether it came with an EDNS record (RFC 6891)
 */
public record DnsQuery(String name, String type, Transport transport, boolean edns) {

  /** How a question came. */
  public enum Transport {
    UDP,
    TCP
  }

  /** Whether the question is for this name and type; case and final dot of the name are ignored. */
  public boolean isFor(String aName, String aType) {
    return name.equals(FaultBook.canonical(aName)) && type.equalsIgnoreCase(aType);
  }
}
