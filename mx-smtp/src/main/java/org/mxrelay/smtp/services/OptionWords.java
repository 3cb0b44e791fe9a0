package org.mxrelay.smtp.services;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Options in words, read with errors that name the option and its value.
 *
 * <p>Immutable.
 *
 * @param of whose they are, for messages: {@code transport smtp}
 * @param given by name
 */
public record OptionWords(String of, Map<String, String> given) {

  public OptionWords {
    given = Map.copyOf(given);
  }

  /**
   * These options, if all are known.
   *
   * @throws IllegalArgumentException if one is not
   */
  public OptionWords only(Set<String> known) {
    given.keySet().stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  of + ": no option " + name + "; it has " + new TreeSet<>(known));
            });
    return this;
  }

  /** What was given, unless it is empty. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(given.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * @throws IllegalArgumentException if it was not given
   */
  public String required(String name) {
    return text(name)
        .orElseThrow(() -> new IllegalArgumentException(of + ": option " + name + " is missing"));
  }

  /**
   * A number more than zero.
   *
   * @throws IllegalArgumentException if it is none
   */
  public Optional<Double> positive(String name) {
    return text(name)
        .map(
            value -> {
              try {
                double number = Double.parseDouble(value);
                if (number > 0 && number <= 1_000) {
                  return number;
                }
              } catch (NumberFormatException notANumber) {
                // The same message as for a number out of range.
              }
              throw refused(name, value, "must be more than 0, at most 1000");
            });
  }

  /**
   * One of some words.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public Optional<String> oneOf(String name, String... words) {
    return text(name)
        .map(
            value -> {
              if (!Arrays.asList(words).contains(value)) {
                throw refused(name, value, "must be one of " + Arrays.toString(words));
              }
              return value;
            });
  }

  /** Why a value is none for its option. */
  public IllegalArgumentException refused(String name, String value, String why) {
    return new IllegalArgumentException(of + ": option " + name + "=" + value + ": " + why);
  }
}
