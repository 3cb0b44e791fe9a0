/**
 * The crash proof: what was accepted is neither lost, nor changed, nor sent more often than G5
 * allows, whenever the process, the database or a node dies.
 *
 * <p>A {@link org.mxrelay.examples.proof.Node} is a process that submits letters and delivers them.
 * Its {@link org.mxrelay.examples.proof.Injector} writes a {@link
 * org.mxrelay.examples.proof.Journal} line to the disk before it offers a letter and after it was
 * accepted. The {@link org.mxrelay.examples.proof.Sink}, another process, writes to the disk what
 * it took before it says 250; what it does to a recipient, the address says: {@link
 * org.mxrelay.examples.proof.Fate}.
 *
 * <p>A {@link org.mxrelay.examples.proof.KillPoint} is a moment before or after a step of storage
 * or network. Decorators of the queue, the transport, the gate and the socket call the {@link
 * org.mxrelay.examples.proof.Fuse} there, which halts the process; the library knows nothing of it.
 *
 * <p>{@link org.mxrelay.examples.proof.Ground} starts and kills nodes. In the end a node delivers
 * all that is left, and the {@link org.mxrelay.examples.proof.Checker} compares the {@link
 * org.mxrelay.examples.proof.Books}.
 */
@NullMarked
package org.mxrelay.examples.proof;

import org.jspecify.annotations.NullMarked;
