#include "gateway/intake/trust_files.h"

#include "gateway/os/folder.h"
#include "verifier/core/text.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::intake {
namespace {

constexpr std::size_t kLimitBytes = 64u << 20;  // one file of a trust list

// Reads, and keeps what was read.
class KeepingReader {
 public:
  explicit KeepingReader(trust::FileReader reader) : reader_(std::move(reader)) {}

  trust::FileReader reader() {
    return [this](std::string_view path) -> core::Result<core::Bytes> {
      HEYAN_TRY(core::Bytes content, reader_(path));
      v1::SourceFile file;
      file.set_path(std::string(path));
      file.set_content(core::to_string(content));
      *files_.Add() = std::move(file);
      return content;
    };
  }
  SourceFiles take() { return std::move(files_); }

 private:
  trust::FileReader reader_;
  SourceFiles files_;
};

trust::FileReader reader_beneath(const os::Folder& folder) {
  return [&folder](std::string_view path) -> core::Result<core::Bytes> {
    HEYAN_TRY(const os::OpenFile file, folder.open_file(path));
    os::MemorySink sink(kLimitBytes);
    HEYAN_TRY(const os::FileReading reading, file.read_all(sink));
    if (reading.changed) {
      return core::fail(core::ErrorCode::kChanged, "it changed while it was read");
    }
    return std::move(sink).take();
  };
}

trust::FileReader reader_of(const SourceFiles& files) {
  return [&files](std::string_view path) -> core::Result<core::Bytes> {
    for (const v1::SourceFile& file : files) {
      if (file.path() == path) return core::to_bytes(file.content());
    }
    return core::fail(core::ErrorCode::kNotFound, "the record does not hold this file");
  };
}

Refusal refusal_of_all(const std::vector<trust::ConfigError>& errors, std::string_view what) {
  Refusal refusal{
      .code = core::ErrorCode::kMalformed,
      .what = std::string(what),
      .defects = {},
      .remedy =
          "See docs/trust-list.md and docs/policy.md; `heyan trust check FILE` lists all defects."};
  for (const trust::ConfigError& error : errors) {
    refusal.what += "\n  " + core::visible(to_string(error), 2000);
  }
  return refusal;
}

std::expected<LoadedTrust, Refusal> read_trust(const std::string& main_file,
                                               const trust::FileReader& files) {
  std::vector<const trust::LedgerSetup*> formats;
  for (const ledgers::Ledger* ledger : ledgers::all()) formats.push_back(ledger);
  KeepingReader keeping(files);
  auto list = trust::parse_trust_list(main_file, keeping.reader(), formats);
  if (!list) {
    return std::unexpected(refusal_of_all(list.error(), "The trust list has defects:"));
  }
  return LoadedTrust{.list = *std::move(list), .files = keeping.take()};
}

std::expected<LoadedPolicy, Refusal> read_policy(const std::string& main_file,
                                                 const trust::FileReader& files) {
  KeepingReader keeping(files);
  auto policy = trust::parse_policy(main_file, keeping.reader());
  if (!policy) {
    return std::unexpected(refusal_of_all(policy.error(), "The policy has defects:"));
  }
  return LoadedPolicy{.policy = *std::move(policy), .files = keeping.take()};
}

// The folder of a document, and its name in there.
struct Place {
  os::Folder folder;
  std::string name;
};
std::expected<Place, Refusal> place_of(const std::filesystem::path& path) {
  const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : ".";
  auto folder = os::Folder::open(parent);
  if (!folder) {
    return std::unexpected(refusal_of_named(folder.error(), path.string(), "Check the path."));
  }
  auto file = folder->open_file(path.filename().string());
  if (!file) {
    return std::unexpected(refusal_of_named(file.error(), path.string(),
                                            "Name the TOML file itself, not a link to it."));
  }
  return Place{.folder = *std::move(folder), .name = path.filename().string()};
}

}  // namespace

std::expected<LoadedTrust, Refusal> load_trust(const std::filesystem::path& path) {
  if (path.empty()) return LoadedTrust{};
  HEYAN_TRY(const Place place, place_of(path));
  return read_trust(place.name, reader_beneath(place.folder));
}

std::expected<LoadedPolicy, Refusal> load_policy(const std::filesystem::path& path) {
  if (path.empty()) return LoadedPolicy{.policy = trust::default_policy(), .files = {}};
  HEYAN_TRY(const Place place, place_of(path));
  return read_policy(place.name, reader_beneath(place.folder));
}

std::expected<LoadedTrust, Refusal> parse_trust(const SourceFiles& files) {
  if (files.empty()) return LoadedTrust{};
  return read_trust(files.Get(0).path(), reader_of(files));
}

std::expected<LoadedPolicy, Refusal> parse_policy(const SourceFiles& files) {
  if (files.empty()) return LoadedPolicy{.policy = trust::default_policy(), .files = {}};
  return read_policy(files.Get(0).path(), reader_of(files));
}

}  // namespace heyan::intake
