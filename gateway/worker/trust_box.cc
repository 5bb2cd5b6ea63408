#include "gateway/worker/trust_box.h"

#include <algorithm>
#include <optional>

#include "verifier/contents/zip.h"
#include "verifier/core/text.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/trust/outline.h"

namespace heyan::worker {
namespace {

using contents::ZipArchive;
using core::ErrorCode;

constexpr std::uint64_t kInflatedBytes = 64u << 20;
constexpr std::size_t kShown = 1'000;
constexpr std::string_view kArchiveCode = "bad-archive";
constexpr std::string_view kListCode = "trust-list";

struct Given {
  std::string main_file;
  trust::FileReader files;
};
using OrDefect = std::expected<Given, v1::DefectEntry>;

v1::DefectEntry defect(std::string_view code, std::string_view where, std::string_view detail) {
  v1::DefectEntry entry;
  entry.set_pointer(core::visible(where));
  entry.set_code(std::string(code));
  entry.set_detail(core::visible(detail, kShown));
  return entry;
}

// "trust/" where everything lies beneath one folder; what the macOS Finder adds is passed over.
std::string root_of(std::span<const contents::ZipEntry> entries) {
  constexpr std::string_view kFinder = "__MACOSX";
  std::optional<std::string> folder;
  for (const contents::ZipEntry& entry : entries) {
    const std::size_t slash = entry.name.find('/');
    const std::string top = entry.name.substr(0, slash);
    if (top == kFinder) continue;
    if ((slash == std::string::npos && !entry.is_folder) || (folder && *folder != top)) return "";
    folder = top;
  }
  return folder ? *folder + '/' : "";
}

// Empty: there is none, or it cannot be told which.
std::string main_file_of(std::span<const contents::ZipEntry> entries, std::string_view root,
                         const std::string& in_force) {
  std::vector<std::string> found;
  for (const contents::ZipEntry& entry : entries) {
    if (entry.is_folder || !entry.name.starts_with(root) || !entry.name.ends_with(".toml"))
      continue;
    std::string name = entry.name.substr(root.size());
    if (name.find('/') == std::string::npos) found.push_back(std::move(name));
  }
  if (std::ranges::find(found, in_force) != found.end()) return in_force;
  return found.size() == 1 ? found.front() : std::string();
}

core::Result<core::Bytes> read_entry(ZipArchive& archive, const std::string& name) {
  const auto index = archive.find(name);
  if (!index) return core::fail(ErrorCode::kNotFound, "the archive does not hold this file");
  core::Bytes content;
  HEYAN_CHECK_OK(archive.read(*index, [&](core::ByteView chunk) -> core::Result<void> {
    content.insert(content.end(), chunk.begin(), chunk.end());
    return {};
  }));
  return content;
}

OrDefect given_as_archive(ZipArchive& archive, const std::string& in_force) {
  const std::string root = root_of(archive.entries());
  std::string main_file = main_file_of(archive.entries(), root, in_force);
  if (main_file.empty()) {
    return std::unexpected(defect(
        kArchiveCode, "", "no TOML file at its root, or several and none of them " + in_force));
  }
  return Given{.main_file = std::move(main_file), .files = [&archive, root](std::string_view path) {
                 return read_entry(archive, root + std::string(path));
               }};
}

Given given_alone(core::ByteView document, const std::string& in_force) {
  return {.main_file = in_force,
          .files = [document, in_force](std::string_view path) -> core::Result<core::Bytes> {
            if (path == in_force) return core::Bytes(document.begin(), document.end());
            return core::fail(ErrorCode::kNotFound,
                              "it did not come along: send the folder as a zip archive");
          }};
}

v1::BoxAnswer defects_of(std::span<const trust::ConfigError> errors) {
  v1::BoxAnswer answer;
  for (const trust::ConfigError& error : errors) {
    std::string where = error.file;
    if (error.line != 0) where += ":" + std::to_string(error.line);
    std::string detail = error.path.empty() ? error.what : error.path + ": " + error.what;
    if (!error.remedy.empty()) detail += ". " + error.remedy;
    *answer.mutable_defects()->add_defects() = defect(kListCode, where, detail);
  }
  return answer;
}

v1::TrustOutline outline_of(const intake::LoadedTrust& loaded) {
  return trust::outline(loaded.list,
                        loaded.files.empty() ? std::string_view() : loaded.files.Get(0).content());
}

v1::BoxAnswer compare(const intake::LoadedTrust& in_force, const Given& given) {
  std::vector<const trust::LedgerSetup*> formats;
  for (const ledgers::Ledger* ledger : ledgers::all()) formats.push_back(ledger);
  const auto list = trust::parse_trust_list(given.main_file, given.files, formats);
  if (!list) return defects_of(list.error());
  const auto document = given.files(given.main_file);
  v1::BoxAnswer answer;
  *answer.mutable_trust_comparison() = trust::compare(
      outline_of(in_force),
      trust::outline(*list, document ? core::as_text(*document) : std::string_view()));
  return answer;
}

v1::BoxAnswer compare(const intake::LoadedTrust& in_force, const OrDefect& given) {
  if (given) return compare(in_force, *given);
  v1::BoxAnswer answer;
  *answer.mutable_defects()->add_defects() = given.error();
  return answer;
}

// By its first bytes: a browser has no name for TOML.
bool is_archive(core::ByteView given) { return core::as_text(given).starts_with("PK"); }

}  // namespace

v1::BoxAnswer show_trust(const intake::LoadedTrust& in_force) {
  v1::BoxAnswer answer;
  *answer.mutable_trust() = outline_of(in_force);
  return answer;
}

v1::BoxAnswer compare_trust(const intake::LoadedTrust& in_force, core::ByteView given) {
  const std::string name =
      in_force.files.empty() ? std::string("trust.toml") : in_force.files.Get(0).path();
  if (!is_archive(given)) return compare(in_force, given_alone(given, name));
  const contents::MemorySource source(given);
  auto archive = ZipArchive::open(source, core::Limits{.zip_inflated_bytes = kInflatedBytes});
  if (!archive) {
    const contents::ZipFault& fault = archive.error();
    return compare(in_force,
                   OrDefect(std::unexpected(defect(kArchiveCode, fault.entry, fault.error.text))));
  }
  return compare(in_force, given_as_archive(*archive, name));
}

}  // namespace heyan::worker
