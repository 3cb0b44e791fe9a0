package org.mxrelay.smtp.testkit;

import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.QueueAdmin;

/**
 * What every queue promises, as tests. A test class of a store implements it and gets all of them.
 *
 * @param <Q> the queue
 */
public interface QueueContract<Q extends DeliveryQueue & QueueAdmin>
    extends QueueAddContract<Q>,
        QueueClaimContract<Q>,
        QueueFairnessContract<Q>,
        QueueLeaseContract<Q>,
        QueueSettleContract<Q>,
        QueueAdminContract<Q>,
        QueueCancelContract<Q>,
        QueueWaitContract<Q>,
        QueueRaceContract<Q> {}
