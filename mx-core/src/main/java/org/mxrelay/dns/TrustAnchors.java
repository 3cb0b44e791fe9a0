package org.mxrelay.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The keys from which DNSSEC validation begins, as DS or DNSKEY records in the form of a zone file.
 *
 * <p>Immutable.
 *
 * @param records one a line, with absolute names; at least one DS or DNSKEY record. What lies below
 *     none of their names counts as unsigned.
 */
public record TrustAnchors(String records) {

  private static final String ROOT = "root-anchors.txt";

  /**
   * @throws IllegalArgumentException if that is no zone file or has no key: without one, everything
   *     would silently count as unsigned
   */
  public TrustAnchors {
    try (Master master = new Master(stream(records), Name.root, 0)) {
      master.disableIncludes();
      boolean any = false;
      for (Record r = master.nextRecord(); r != null; r = master.nextRecord()) {
        any |= r.getType() == Type.DS || r.getType() == Type.DNSKEY;
      }
      if (!any) {
        throw new IllegalArgumentException("no DS or DNSKEY record among the trust anchors");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("trust anchors: " + e.getMessage(), e);
    }
  }

  /**
   * The keys of the root zone as IANA publishes them: KSK-2017 (20326) and KSK-2024 (38696). They
   * do not follow a later rollover by themselves (RFC 5011): that takes a newer version of this
   * library, or anchors of the caller's own.
   */
  public static TrustAnchors root() {
    try (InputStream in = TrustAnchors.class.getResourceAsStream(ROOT)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + ROOT);
      }
      return new TrustAnchors(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InputStream stream() {
    return stream(records);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }
}
