package org.mxrelay.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mxrelay.smtp.message.MessageSource;

/** The messages that were named on the command line. All are looked at before the first is used. */
final class MessageFiles {

  /**
   * A message.
   *
   * @param name the file's, or {@code -} for stdin
   * @param source its bytes
   */
  record Message(String name, MessageSource source) {}

  private MessageFiles() {}

  /** Those of the arguments: files, {@code -} for stdin; stdin if there is none. */
  static List<Message> files(List<String> arguments, InputStream stdin) {
    return read(arguments, stdin, Folders.REFUSED);
  }

  /** The same, and of each folder every regular file in it, by name. */
  static List<Message> filesAndFolders(List<String> arguments, InputStream stdin) {
    return read(arguments, stdin, Folders.LISTED);
  }

  private enum Folders {
    REFUSED,
    LISTED
  }

  private static List<Message> read(List<String> arguments, InputStream stdin, Folders folders) {
    List<Message> all = new ArrayList<>();
    for (String argument : arguments.isEmpty() ? List.of("-") : arguments) {
      try {
        all.addAll(argument.equals("-") ? List.of(ofStdin(stdin)) : at(argument, folders));
      } catch (IOException | InvalidPathException e) {
        throw UsageError.of("FILE", argument, Failures.reading(e));
      }
    }
    return all;
  }

  private static Message ofStdin(InputStream stdin) throws IOException {
    // Stdin can be read once, and a message is read again at each attempt.
    return new Message("-", MessageSource.of(stdin.readAllBytes()));
  }

  private static List<Message> at(String argument, Folders folders) throws IOException {
    Path path = Path.of(argument);
    if (!Files.exists(path)) {
      throw new NoSuchFileException(argument);
    }
    if (!Files.isDirectory(path)) {
      return List.of(readable(path));
    }
    if (folders == Folders.REFUSED) {
      throw UsageError.of("FILE", argument, "is a folder");
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Message> found = new ArrayList<>();
      for (Path file : entries.filter(Files::isRegularFile).sorted().toList()) {
        found.add(readable(file));
      }
      return found;
    }
  }

  private static Message readable(Path file) throws IOException {
    // Opened once now, so that what cannot be read stops the command before anything is queued.
    Files.newInputStream(file).close();
    return new Message(file.toString(), MessageSource.of(file));
  }
}
