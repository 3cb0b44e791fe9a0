package org.mxrelay.audit;

import java.util.List;
import java.util.Optional;

/** Whether a backup stands behind a provider that needs none. */
final class ProviderRule implements AuditRule {

  @Override
  public List<Finding> judge(MxPicture picture) {
    Optional<String> provider =
        picture.best().stream().findFirst().flatMap(ExchangePicture::provider);
    if (provider.isEmpty()
        || !picture.best().stream().allMatch(e -> e.provider().equals(provider))) {
      return List.of();
    }
    String name = provider.get();
    return picture.backups().stream()
        .filter(backup -> !backup.provider().equals(provider))
        .findFirst()
        .map(backup -> List.of(unneeded(backup, name)))
        .orElseGet(
            () ->
                List.of(
                    Finding.ok(
                        "managed-provider",
                        picture.domain().name(),
                        name + " runs the exchanges, which are many hosts: no backup is needed.")));
  }

  private static Finding unneeded(ExchangePicture backup, String provider) {
    return Finding.warning(
        "backup-at-provider",
        backup.name().name(),
        "The exchange stands behind "
            + provider
            + ", which is many hosts in many places already. A backup behind it is never needed,"
            + " and offers spammers a way around the provider's filter.",
        "Remove the record, and let the senders retry in the rare case that "
            + provider
            + " is down.");
  }
}
