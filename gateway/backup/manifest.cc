#include "gateway/backup/manifest.h"

#include <algorithm>
#include <charconv>
#include <ranges>

#include "gateway/os/write_file.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;
using core::json::Value;
using std::filesystem::path;

constexpr std::string_view kSchema = "heyan.backup.v1";
constexpr std::size_t kDescriptionBytes = 64u << 20;
constexpr std::size_t kManifestBytes = std::size_t{4} << 30;
constexpr std::size_t kDigestBytes = 32;
constexpr std::string_view kNoBackup = "Name a folder that `heyan backup` made, as it was made.";

std::unexpected<Refusal> malformed(const path& file) {
  return std::unexpected(intake::refusal_of(
      {ErrorCode::kMalformed, "it is not as `heyan backup` writes it"}, file.string(), kNoBackup));
}

std::string line_of(const std::string& name, const Digests& of) {
  return name + "\t" + std::to_string(of.size) + "\t" + core::to_hex(of.sha256) + "\t" +
         core::to_hex(of.sm3) + "\n";
}

std::optional<core::Bytes> digest_in(std::string_view text) {
  auto bytes = core::from_hex(text);
  if (!bytes || bytes->size() != kDigestBytes || core::to_hex(*bytes) != text) return std::nullopt;
  return bytes;
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size() || std::to_string(number) != text) {
    return std::nullopt;
  }
  return number;
}

std::optional<std::pair<std::string, Digests>> read_line(std::string_view line) {
  std::vector<std::string_view> parts;
  for (const auto part : std::views::split(line, '\t')) parts.emplace_back(part);
  if (parts.size() != 4 || !is_name(parts[0])) return std::nullopt;
  const auto size = number_in(parts[1]);
  auto sha256 = digest_in(parts[2]);
  auto sm3 = digest_in(parts[3]);
  if (!size || !sha256 || !sm3) return std::nullopt;
  return std::pair(std::string(parts[0]),
                   Digests{.size = *size, .sha256 = *std::move(sha256), .sm3 = *std::move(sm3)});
}

Value value_of(const Description& of) {
  Value lacking{Value::Array{}};
  for (const std::string& name : of.lacking) lacking.push(name);
  Value manifest;
  manifest.set("size", of.manifest.size)
      .set("sha256", core::to_hex(of.manifest.sha256))
      .set("sm3", core::to_hex(of.manifest.sm3));
  Value value;
  value.set("schema", kSchema)
      .set("madeAt", core::format_rfc3339(of.made_at))
      .set("software", of.software)
      .set("log", of.log_vkey)
      .set("keys", of.keys)
      .set("lacking", std::move(lacking))
      .set("files", of.files)
      .set("bytes", of.bytes)
      .set("manifest", std::move(manifest));
  if (!of.bucket.empty()) value.set("bucket", of.bucket);
  return value;
}

std::optional<Digests> digests_in(const Value* value) {
  if (value == nullptr) return std::nullopt;
  const Value* size = value->find("size");
  const Value* sha256 = value->find("sha256");
  const Value* sm3 = value->find("sm3");
  if (size == nullptr || size->as_integer() == nullptr || *size->as_integer() < 0 ||
      sha256 == nullptr || sha256->as_string() == nullptr || sm3 == nullptr ||
      sm3->as_string() == nullptr) {
    return std::nullopt;
  }
  auto first = digest_in(*sha256->as_string());
  auto second = digest_in(*sm3->as_string());
  if (!first || !second) return std::nullopt;
  return Digests{.size = static_cast<std::uint64_t>(*size->as_integer()),
                 .sha256 = *std::move(first),
                 .sm3 = *std::move(second)};
}

std::optional<std::string> text_in(const Value& value, std::string_view name) {
  const Value* found = value.find(name);
  if (found == nullptr || found->as_string() == nullptr) return std::nullopt;
  return *found->as_string();
}

std::optional<std::uint64_t> count_in(const Value& value, std::string_view name) {
  const Value* found = value.find(name);
  if (found == nullptr || found->as_integer() == nullptr || *found->as_integer() < 0) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(*found->as_integer());
}

std::optional<std::vector<std::string>> names_in(const Value* value) {
  if (value == nullptr || value->as_array() == nullptr) return std::nullopt;
  std::vector<std::string> names;
  for (const Value& one : *value->as_array()) {
    if (one.as_string() == nullptr) return std::nullopt;
    names.push_back(*one.as_string());
  }
  return names;
}

std::optional<Description> description_in(const Value& value) {
  const auto made_at = text_in(value, "madeAt");
  const auto time = made_at ? core::parse_rfc3339(*made_at) : std::nullopt;
  auto software = text_in(value, "software");
  auto log = text_in(value, "log");
  const Value* keys = value.find("keys");
  // What is no text, or an empty one, is not written back as it stands.
  auto bucket = text_in(value, "bucket").value_or("");
  auto lacking = names_in(value.find("lacking"));
  const auto files = count_in(value, "files");
  const auto bytes = count_in(value, "bytes");
  auto manifest = digests_in(value.find("manifest"));
  if (text_in(value, "schema") != kSchema || !time || !software || !log || keys == nullptr ||
      keys->as_bool() == nullptr || !lacking || !files || !bytes || !manifest) {
    return std::nullopt;
  }
  return Description{.made_at = *time,
                     .software = *std::move(software),
                     .log_vkey = *std::move(log),
                     .keys = *keys->as_bool(),
                     .bucket = std::move(bucket),
                     .lacking = *std::move(lacking),
                     .files = *files,
                     .bytes = *bytes,
                     .manifest = *std::move(manifest)};
}

}  // namespace

bool is_name(std::string_view name) {
  if (name.empty() || core::has_control(name) || !core::is_utf8(name)) return false;
  return std::ranges::all_of(std::views::split(name, '/'), [](const auto& each) {
    const std::string_view part(each);
    return !part.empty() && part != "." && part != "..";
  });
}

std::expected<Description, Refusal> write_manifest(const path& folder, Description description,
                                                   const Manifest& manifest) {
  std::string lines;
  description.files = manifest.size();
  description.bytes = 0;
  for (const auto& [name, of] : manifest) {
    lines += line_of(name, of);
    description.bytes += of.size;
  }
  const auto write = [&](std::string_view name,
                         std::string_view bytes) -> std::expected<void, Refusal> {
    const path file = folder / name;
    if (const auto written = os::write_new(file, bytes, os::Privacy::kOwnerOnly); !written) {
      return std::unexpected(
          intake::refusal_of(written.error(), file.string(), "Check the disk of the backup."));
    }
    return {};
  };
  HEYAN_CHECK_OK(write(kManifestFile, lines));
  const auto measured = digests_of(folder / kManifestFile, {});
  if (!measured) {
    return std::unexpected(intake::refusal_of(measured.error(), (folder / kManifestFile).string(),
                                              "Check the disk of the backup."));
  }
  description.manifest = *measured;
  HEYAN_CHECK_OK(
      write(kDescriptionFile, core::json::write_canonical(value_of(description)) + "\n"));
  return description;
}

std::expected<Description, Refusal> read_description(const path& folder) {
  std::error_code error;
  const path named = std::filesystem::canonical(folder, error);  // "." and a link name it, too
  if (!error && named.filename().string().ends_with(kUnfinished)) {
    return std::unexpected(intake::refusal_of({ErrorCode::kIo, "this backup was not finished"},
                                              folder.string(), "Remove it, and make another one."));
  }
  const path file = folder / kDescriptionFile;
  const auto bytes = os::read_named_file(file, kDescriptionBytes);
  if (!bytes) {
    return std::unexpected(intake::refusal_of_named(bytes.error(), file.string(), kNoBackup));
  }
  core::Limits limits;
  limits.json_bytes = kDescriptionBytes;
  const auto value = core::json::parse(*bytes, limits);
  auto description = value ? description_in(*value) : std::nullopt;
  // Nothing in it that would not be written: no member more, none in another form.
  if (!description ||
      core::json::write_canonical(value_of(*description)) + "\n" != core::as_text(*bytes)) {
    return malformed(file);
  }
  return *std::move(description);
}

std::expected<Manifest, Refusal> read_manifest(const path& folder, const Description& description) {
  const path file = folder / kManifestFile;
  const auto bytes = os::read_named_file(file, kManifestBytes);
  if (!bytes) {
    return std::unexpected(intake::refusal_of_named(bytes.error(), file.string(), kNoBackup));
  }
  const auto measured = digests_of(file, {});
  std::string_view text = core::as_text(*bytes);
  if (!measured || *measured != description.manifest || (!text.empty() && !text.ends_with('\n'))) {
    return malformed(file);
  }
  Manifest manifest;
  std::uint64_t size = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    auto line = read_line(text.substr(0, end));
    text.remove_prefix(end + 1);
    // By name, so none stands twice.
    if (!line || (!manifest.empty() && line->first <= manifest.rbegin()->first)) {
      return malformed(file);
    }
    size += line->second.size;
    manifest.emplace_hint(manifest.end(), std::move(*line));
  }
  if (manifest.size() != description.files || size != description.bytes) return malformed(file);
  return manifest;
}

}  // namespace heyan::backup
