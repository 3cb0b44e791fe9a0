package org.mxrelay.audit;

import java.util.List;

/** The rules that every audit has, in the order in which a person would ask. Stateless. */
final class AuditRules {

  static final List<AuditRule> STANDARD =
      List.of(
          new MxSetRule(),
          new ExchangeNameRule(),
          new ResolutionRule(),
          new TtlRule(),
          new PreferenceRule(),
          new NetworkRule(),
          new AddressRule(),
          new ProviderRule(),
          new StsRule(),
          new DaneRule(),
          new SessionRule(),
          new EncryptionRule(),
          new StrangerRule());

  private AuditRules() {}
}
