package org.mxrelay.examples.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is a module itself can use the libraries as modules. */
class ModulesTest {

  private static final List<Path> PATH =
      Arrays.stream(
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                  .split(File.pathSeparator))
          .map(Path::of)
          .filter(Files::exists)
          // The kits and the test classes of this module are no part of an application.
          .filter(p -> !p.toString().contains("mx-examples") && !p.toString().contains("tests"))
          .filter(p -> !p.endsWith("test-classes"))
          .toList();

  /** What an application that uses nothing optional has. */
  private static final List<Path> LEAST =
      PATH.stream()
          .filter(p -> !p.toString().matches(".*(jakarta|angus|micrometer|icu4j).*"))
          .toList();

  @TempDir Path work;

  @Test
  void modules_resolveWithAllTheyRequire() {
    Configuration resolved =
        ModuleLayer.boot()
            .configuration()
            .resolve(
                ModuleFinder.of(PATH.toArray(Path[]::new)),
                ModuleFinder.of(),
                Set.of("org.mxrelay.smtp"));
    assertTrue(resolved.findModule("org.mxrelay.core").isPresent());
    assertTrue(resolved.findModule("org.dnsjava").isPresent());
  }

  @Test
  void engine_isNotExported() {
    ModuleReference smtp =
        ModuleFinder.of(PATH.toArray(Path[]::new)).find("org.mxrelay.smtp").orElseThrow();
    Set<String> exported =
        smtp.descriptor().exports().stream().map(Exports::source).collect(Collectors.toSet());
    assertTrue(exported.contains("org.mxrelay.smtp.queue.jdbc"));
    assertEquals(List.of(), exported.stream().filter(name -> name.contains("engine")).toList());
  }

  @Test
  void modularApplication_compiles() throws Exception {
    Path source = Files.createDirectories(work.resolve("app/src"));
    Files.writeString(
        source.resolve("module-info.java"), "module app { requires org.mxrelay.smtp; }");
    Files.writeString(
        Files.createDirectories(source.resolve("app")).resolve("App.java"),
        """
        package app;
        import org.mxrelay.smtp.MxRelay;
        import org.mxrelay.smtp.message.*;
        import org.mxrelay.smtp.queue.InMemoryQueue;
        class App {
          void run(byte[] eml) {
            try (MxRelay relay = MxRelay.builder().queue(InMemoryQueue.create()).start()) {
              relay.submit(Envelope.from("a@x.example").to("b@y.example"), MessageSource.of(eml));
            }
          }
        }
        """);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                said,
                "-d",
                work.resolve("out").toString(),
                "--module-path",
                LEAST.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                source.resolve("module-info.java").toString(),
                source.resolve("app/App.java").toString());
    assertEquals(0, result, said.toString(StandardCharsets.UTF_8));
  }
}
