/**
 * How services are found by their names, and their options read. Not exported: the factories of the
 * packages above are what people see.
 */
@NullMarked
package org.mxrelay.smtp.services;

import org.jspecify.annotations.NullMarked;
