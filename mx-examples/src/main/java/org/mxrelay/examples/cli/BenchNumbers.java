package org.mxrelay.examples.cli;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as benchmarks print them. */
final class BenchNumbers {

  private BenchNumbers() {}

  /** Three digits, which is more than any run on a busy machine is worth. */
  static BigDecimal rounded(double value) {
    BigDecimal digits = new BigDecimal(value).round(new MathContext(3));
    return new BigDecimal(digits.toPlainString());
  }
}
