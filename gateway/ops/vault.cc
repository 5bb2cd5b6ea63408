#include "gateway/ops/vault.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/ops/config_values.h"

namespace heyan::ops {
namespace {

using std::filesystem::path;
using trust::Table;

struct Encryption {
  std::string_view name;
  std::optional<crypto::Aead> value;
};
constexpr std::array kEncryptions = {
    Encryption{.name = "none", .value = std::nullopt},
    Encryption{.name = "aes-256-gcm", .value = crypto::Aead::kAes256Gcm},
    Encryption{.name = "sm4-gcm", .value = crypto::Aead::kSm4Gcm},
};

constexpr std::size_t kLeastBucketName = 3;  // Amazon S3, "General purpose bucket naming rules"
constexpr std::size_t kMostBucketName = 63;
constexpr std::size_t kMostRegion = 64;

bool is_small_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

path optional_file(Table& table, std::string_view key, const path& folder) {
  const auto text = table.text(key);
  if (text && text->empty()) table.defect(key, "is empty", "Leave it out, or name a file");
  return resolve_path(folder, text.value_or(""));
}

Bucket read_bucket(Table& table, const path& folder) {
  Bucket bucket;
  read_destination(table, folder, bucket, Scheme::kEither, "endpoint");
  if (bucket.plain && !is_loopback(bucket.host)) {
    table.defect("endpoint", "is http, and not of this machine",
                 "Write an https address; what is signed with the access key goes over no network "
                 "in the clear");
  }
  const auto value = [&](std::string_view key, auto read, std::string& into,
                         std::string_view remedy) {
    const auto text = table.required_text(key);
    if (!text || text->empty()) return;
    if (std::string wrong = read(*text, into); !wrong.empty())
      table.defect(key, std::move(wrong), std::string(remedy));
  };
  value("bucket", read_bucket_name, bucket.bucket, "Write for example \"heyan-evidence\"");
  value("region", read_region, bucket.region, "Write the store's own, for example \"us-east-1\"");
  bucket.path_style = table.boolean("path_style").value_or(true);
  if (!bucket.path_style && !bucket.tls_name.empty())
    table.defect("tls_name", "is of path_style = true",
                 "Leave it out: the bucket has its own name");
  if (!bucket.path_style && is_numeric_host(bucket.host))
    table.defect("path_style", "needs a host with a name",
                 "Leave it out, or write path_style = true");
  bucket.access_key = resolve_path(folder, table.required_text("access_key_file").value_or(""));
  return bucket;
}

}  // namespace

std::string read_encryption(std::string_view text, std::optional<crypto::Aead>& into) {
  for (const auto& [name, value] : kEncryptions) {
    if (text != name) continue;
    into = value;
    return {};
  }
  return "is none of \"aes-256-gcm\", \"sm4-gcm\" and \"none\"";
}

std::string read_bucket_name(std::string_view text, std::string& into) {
  const bool good = text.size() >= kLeastBucketName && text.size() <= kMostBucketName &&
                    is_small_or_digit(text.front()) && is_small_or_digit(text.back()) &&
                    text.find("..") == std::string_view::npos &&
                    std::ranges::all_of(
                        text, [](char c) { return is_small_or_digit(c) || c == '-' || c == '.'; });
  if (!good) return "is no name of a bucket";
  into = text;
  return {};
}

// It stands between colons and slashes of what is signed.
std::string read_region(std::string_view text, std::string& into) {
  const bool good =
      !text.empty() && text.size() <= kMostRegion && std::ranges::all_of(text, [](char c) {
        return is_small_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
      });
  if (!good) return "is no name of a region";
  into = text;
  return {};
}

std::string unlike_bucket(const Config& config) {
  if (!config.vault.s3 || std::cmp_less_equal(config.limits.file_bytes, kMostBytesInBucket))
    return {};
  return fmt::format("must be no more than {} where the vault is a bucket", kMostBytesInBucket);
}

Destination address_of(const Bucket& bucket) {
  Destination at = bucket;
  if (!at.path.ends_with('/')) at.path += '/';
  if (bucket.path_style)
    at.path += bucket.bucket + "/";
  else
    at.host = bucket.bucket + "." + at.host;
  return at;
}

Vault read_vault(Table& table, const path& folder) {
  Vault vault;
  vault.key_file = optional_file(table, "key_file", folder);
  const auto text = table.text("encryption");
  const std::string wrong = text ? read_encryption(*text, vault.encryption) : std::string();
  if (!wrong.empty())
    table.defect("encryption", wrong, "Write \"aes-256-gcm\", \"sm4-gcm\" or \"none\"");
  if (vault.encryption && !table.has("key_file"))
    table.defect("key_file", "is missing", "Name the file with the vault's key");
  if (auto s3 = table.table("s3")) vault.s3 = read_bucket(*s3, folder);
  // What is wrong with it was said above.
  if (vault.s3 && !vault.encryption && wrong.empty()) {
    table.defect(
        "s3", "needs a vault that is encrypted",
        "Write encryption = \"aes-256-gcm\" or \"sm4-gcm\" in [vault]: the store is to see no "
        "evidence");
  }
  return vault;
}

std::string to_toml(const Vault& vault) {
  const auto encryption = std::ranges::find(kEncryptions, vault.encryption, &Encryption::value);
  std::string out = fmt::format("\n[vault]\nencryption = \"{}\"\n", encryption->name);
  if (!vault.key_file.empty())
    out += fmt::format("key_file = {}\n", in_quotes(vault.key_file.string()));
  if (!vault.s3) return out;
  const Bucket& s3 = *vault.s3;
  out += "\n[vault.s3]\n" + destination_text(s3, "endpoint");
  return out + fmt::format("bucket = {}\nregion = {}\npath_style = {}\naccess_key_file = {}\n",
                           in_quotes(s3.bucket), in_quotes(s3.region), s3.path_style,
                           in_quotes(s3.access_key.string()));
}

}  // namespace heyan::ops
