package org.mxrelay.tls;

import java.util.Optional;

/**
 * The policy that holds for a domain now. Immutable.
 *
 * @param policy nothing if there is none to be had
 * @param remark why it is not the newest, or why there is none though the domain says so; empty if
 *     there is nothing to be said
 */
record StsFinding(Optional<StsPolicy> policy, String remark) {}
