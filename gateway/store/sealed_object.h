// A sealed file as it lies in a bucket: with the key that opens it before it.
//
//   object = a key by chance, wrapped under the court's (vault_keys.h, 76 bytes) | a sealed file
//            (sealed_file.h)
//
// So an object needs no other one: none that was written by two at once, or is not seen yet, can
// take the evidence of another with it; and where it is removed, its content is gone. The wrapped
// key names the submission, the file's key the content: an object in the place of another one opens
// to nothing. Threat: whoever keeps the bucket has ciphertext, its size and its times; of contents
// and submissions names tell nothing (vault_names.h). Any thread.
#pragma once

#include "gateway/store/sealed_file.h"
#include "gateway/store/vault_names.h"

namespace heyan::store {

// A key for files that are put together, and that key as it stands before each.
struct ObjectKey {
  crypto::Aead with;
  VaultKey key;
  core::Bytes wrapped;
};
core::Result<ObjectKey> draw_object_key(crypto::Aead with, const VaultKeyRing& keys,
                                        const VaultOwner& owner);

// Size and digest of what was written, by which a store tells that it has all of it.
struct ObjectMeasure {
  std::uint64_t size = 0;
  core::Bytes sha256;
};
// `from` to its end into `to`, which is empty and open to be read as well. As seal_file().
core::Result<ObjectMeasure> seal_object(const os::Descriptor& from, const os::Descriptor& to,
                                        const ObjectKey& key, core::ByteView sha256);

// kChanged: it is no such object, or not that owner's or content's; kIo: no key of the ring opens
// it, or it cannot be read; kUnsupported: as SealedBytes::open().
core::Result<std::unique_ptr<SealedBytes>> open_object(os::Descriptor file,
                                                       const VaultKeyRing& keys,
                                                       const VaultOwner& owner,
                                                       core::ByteView sha256);

}  // namespace heyan::store
