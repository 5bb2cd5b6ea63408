// heyan hash FILE...: the fingerprints of files, each by two libraries.
#include <fmt/format.h>

#include <algorithm>

#include "gateway/cli/commands.h"
#include "gateway/cli/named_file.h"
#include "gateway/cli/trouble.h"
#include "gateway/intake/measure.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

std::set<crypto::Hash> hashes_of(const HashOptions& options) {
  std::set<crypto::Hash> hashes;
  for (const std::string& name : options.algorithms) {
    if (const auto hash = crypto::hash_by_name(name)) hashes.insert(*hash);
  }
  if (hashes.empty()) hashes = {crypto::Hash::kSha256, crypto::Hash::kSm3};
  return hashes;
}

std::string_view name_of(const v1::MeasuredDigest& digest) {
  const auto hash = intake::hash_of(digest.algorithm());
  return hash ? crypto::name(*hash) : "";
}

std::string as_lines(const v1::Measured& measured, std::string_view path) {
  std::string lines;
  for (const v1::MeasuredDigest& digest : measured.digests()) {
    lines += fmt::format("{:<7}  {}  {}\n", name_of(digest),
                         core::to_hex(core::as_bytes(digest.first())), core::visible(path, 4096));
  }
  return lines;
}

core::json::Value as_json(const v1::Measured& measured, std::string_view path) {
  core::json::Value digests(core::json::Value::Object{});
  for (const v1::MeasuredDigest& digest : measured.digests()) {
    digests.set(name_of(digest), core::to_hex(core::as_bytes(digest.first())));
  }
  core::json::Value value;
  value.set("path", core::visible(path, 4096))
      .set("size", static_cast<std::int64_t>(measured.size()))
      .set("digests", std::move(digests));
  return value;
}

}  // namespace

ExitStatus run(const HashOptions& options, Console& console) {
  std::vector<ExitStatus> statuses = {ExitStatus::kOk};
  core::json::Value array(core::json::Value::Array{});
  Progress progress(console, options.language);
  for (const std::string& path : options.files) {
    const auto measured = measure_named(path, hashes_of(options), options.threads, progress);
    if (!measured) {
      statuses.push_back(report_trouble(measured.error(), console));
    } else if (options.format == Format::kJson) {
      array.push(as_json(*measured, path));
    } else if (const ExitStatus printed = print(as_lines(*measured, path), console);
               printed != ExitStatus::kOk) {
      return printed;
    }
  }
  if (options.format == Format::kJson) {
    statuses.push_back(print(core::json::write_canonical(array) + "\n", console));
  }
  return most_urgent(statuses);
}

}  // namespace heyan::cli
