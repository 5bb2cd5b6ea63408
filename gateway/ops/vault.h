// How evidence is kept: [vault] of a configuration, and the bucket of [vault.s3] where it lies in
// an object store.
//
// Threat: whoever may write that file decides where sealed evidence goes to. The store sees
// ciphertext alone, so a bucket needs encryption; and the secret by which it is asked goes over
// TLS, or nowhere but on this machine. Values.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "gateway/ops/destination.h"
#include "verifier/crypto/aead.h"
#include "verifier/trust/table.h"

namespace heyan::ops {

// As a Destination: the store's endpoint, which several buckets may share.
struct Bucket : Destination {
  std::string bucket;
  std::string region;      // as the store calls its own: signatures name it
  bool path_style = true;  // https://HOST/BUCKET/NAME; otherwise https://BUCKET.HOST/NAME
  std::filesystem::path
      access_key;  // access_key_file: a line with its name, a line with the secret
};

// Where the bucket itself is: its path ends with "/", and names of objects follow.
Destination address_of(const Bucket& bucket);

struct Vault {
  std::optional<crypto::Aead>
      encryption;                  // "aes-256-gcm", "sm4-gcm"; or "none": what is put is plain
  std::filesystem::path key_file;  // needed to encrypt, and to read what was encrypted before
  std::optional<Bucket> s3;        // what is put lies there
};

// An object is put at once (Amazon S3, "PutObject": 5 GiB), and is longer than what it hides.
inline constexpr std::int64_t kMostBytesInBucket =
    (std::int64_t{5} << 30) - (std::int64_t{1} << 20);

// `folder` is put before relative paths; defects go to the table.
Vault read_vault(trust::Table& table, const std::filesystem::path& folder);
// What read_vault reads as the same values.
std::string to_toml(const Vault& vault);

// What is wrong with single values, or empty: encryption, names of buckets and regions.
std::string read_encryption(std::string_view text, std::optional<crypto::Aead>& into);
std::string read_bucket_name(std::string_view text, std::string& into);
std::string read_region(std::string_view text, std::string& into);

}  // namespace heyan::ops
