package org.mxrelay.examples.cli;

import java.time.Duration;
import org.mxrelay.retry.Durations;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations ({@code 250ms}, {@code 90s}, {@code 5m}, {@code 4h}, {@code 5d}) for picocli. */
final class DurationOption implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(Failures.reason(e));
    }
  }
}
