/**
 * What pages and pictures are written with: {@link org.mxrelay.examples.page.Html} and {@link
 * org.mxrelay.examples.page.Svg}, element by element, every text escaped.
 */
@NullMarked
package org.mxrelay.examples.page;

import org.jspecify.annotations.NullMarked;
