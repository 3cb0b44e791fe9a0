/**
 * The command line, made of the libraries' public API alone.
 *
 * <p>{@link org.mxrelay.examples.cli.Mx} is the way in: one class a command ({@code RouteCommand},
 * {@code SendCommand}, ...), their options as mixins ({@code RoutingOptions}, {@code
 * DeliveryOptions}, ...). What a command finds out goes through {@code Output} as a line of JSON or
 * of text; what happens to a message goes through {@code EventPrinter}. {@code Failures} turns what
 * went wrong into one line and an exit code.
 */
@NullMarked
package org.mxrelay.examples.cli;

import org.jspecify.annotations.NullMarked;
