package org.mxrelay.address;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Maps names by UTS 46, nontransitional: {@code faß.de} is {@code xn--fa-hia.de}. */
final class IcuIdnaMapper implements IdnaMapper {

  // STD3 is checked by DomainSyntax on what comes out, since it would refuse underscores here.
  private final IDNA uts46 =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  @Override
  public String toAscii(String name) {
    IDNA.Info info = new IDNA.Info();
    StringBuilder ascii = uts46.nameToASCII(name, new StringBuilder(), info);
    Set<IDNA.Error> errors = EnumSet.noneOf(IDNA.Error.class);
    errors.addAll(info.getErrors());
    // An ASCII label such as r3---sn may have hyphens there; ALabel refuses them in U-labels.
    errors.remove(IDNA.Error.HYPHEN_3_4);
    if (!errors.isEmpty()) {
      throw new InvalidAddressException(
          name, "not an internationalised domain name by UTS 46 (" + words(errors) + ")");
    }
    return ascii.toString();
  }

  private static String words(Set<IDNA.Error> errors) {
    return errors.stream()
        .map(error -> error.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }
}
