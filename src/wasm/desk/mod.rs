//! What pages beside the inspection of a message ask: trust policies, setting up, rotation, CloudTrail.
