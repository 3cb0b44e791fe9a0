package org.mxrelay.reply;

import java.util.Optional;

/**
 * A reply as rules see it.
 *
 * @param code the reply code
 * @param status the enhanced status code, in its place or elsewhere in the text, of any class
 * @param at where it was said
 * @param words where the table's words stand in its text
 */
record ReplyFacts(
    int code, Optional<EnhancedStatusCode> status, ReplyContext at, Occurrences words) {}
