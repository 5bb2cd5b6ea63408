// Sealed files into and out of the bucket of the configuration, for whoever comes to the door.
//
// Threat: the asker, which is the front, may have been taken over: it names objects by digests, as
// it could those of the vault's folder, and no other thing in the bucket; a door through which
// something else comes is closed. What comes back of an object is the store's, as it came: its
// reader has the key, and authenticates it. A few threads, each with a connection of its own.
#pragma once

#include <optional>

#include "gateway/egress/bucket.h"
#include "gateway/ipc/channel.h"

namespace heyan::egress {

// `bucket` without `files`: they could not be read. 0: the asker is gone. 1: it said what it must
// not where doors come through.
int serve_objects(const std::optional<ops::Bucket>& bucket, const std::optional<BucketFiles>& files,
                  ipc::Channel doors);

}  // namespace heyan::egress
