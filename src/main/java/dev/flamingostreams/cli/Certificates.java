package dev.flamingostreams.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What a server proves its name with. */
final class Certificates {
  private Certificates() {}

  /** From a PKCS12 file. */
  static SSLContext read(Path file, String password) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      load(store, in, file, password.toCharArray());
      if (store.size() == 0) {
        throw new CommandException(ExitCode.BAD_INPUT, file + " holds no key");
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new CommandException(ExitCode.BAD_INPUT, "%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void load(KeyStore store, InputStream in, Path file, char[] password)
      throws GeneralSecurityException {
    try {
      store.load(in, password);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "%s is no PKCS12 keystore, or has another password: %s".formatted(file, e.getMessage()),
          e);
    }
  }
}
