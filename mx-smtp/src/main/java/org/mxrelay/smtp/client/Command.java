package org.mxrelay.smtp.client;

import java.util.function.Consumer;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;

/**
 * A command of a transaction, and who hears its reply.
 *
 * @param stage for the deadline, and for what is said if it breaks here
 */
record Command(Stage stage, String line, Consumer<Reply> answer) {}
