package org.mxrelay.examples.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size in octets: {@code 512}, {@code 4k}, {@code 2m}. */
final class Sizes implements ITypeConverter<Integer> {

  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,7})([kKmM]?)");
  private static final int MOST = 64 * 1024 * 1024;

  @Override
  public Integer convert(String text) {
    Matcher m = SYNTAX.matcher(text);
    if (!m.matches()) {
      throw new TypeConversionException("'" + text + "' is not a size such as 512, 4k or 2m");
    }
    long unit =
        switch (m.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 1024;
          case "m" -> 1024 * 1024;
          default -> 1;
        };
    long size = Long.parseLong(m.group(1)) * unit;
    if (size < 1 || size > MOST) {
      throw new TypeConversionException("'" + text + "': a size is 1 to 64m");
    }
    return (int) size;
  }
}
