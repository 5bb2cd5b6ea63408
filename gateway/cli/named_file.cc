#include "gateway/cli/named_file.h"

#include <algorithm>
#include <thread>

#include "gateway/intake/measure.h"
#include "gateway/os/folder.h"
#include "verifier/core/limits.h"

namespace heyan::cli {

std::expected<v1::Measured, Trouble> measure_named(const std::string& path,
                                                   const std::set<crypto::Hash>& hashes,
                                                   unsigned threads, Progress& progress) {
  constexpr std::string_view kCheckPath = "Check the path; only regular files have a fingerprint.";
  const auto file = os::open_named_file(path);
  if (!file) return std::unexpected(trouble_of_named(file.error(), path, kCheckPath));
  progress.expect(file->size());
  const intake::MeasureOptions measuring{
      .hashes = hashes,
      .threads = threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency()),
      .limit_bytes = core::Limits().file_bytes,
      .advance = [&](std::size_t bytes) { progress.advance(bytes); }};
  auto measured =
      intake::measure([&](os::ByteSink& sink) { return file->read_all(sink); }, measuring);
  if (!measured) return std::unexpected(trouble_of(measured.error(), path, kCheckPath));
  if (measured->outcome() == v1::MEASURE_OUTCOME_CHANGED_WHILE_READING) {
    Trouble trouble = trouble_of({core::ErrorCode::kChanged, "it changed while it was read"}, path,
                                 "Wait until nobody writes to it, then try again.");
    trouble.status = ExitStatus::kTryLater;
    return std::unexpected(std::move(trouble));
  }
  for (const v1::MeasuredDigest& digest : measured->digests()) {
    if (digest.first() == digest.second()) continue;
    return std::unexpected(
        trouble_of({core::ErrorCode::kInternal, "two libraries disagree"}, path,
                   "Run `heyan selftest`; rely on no fingerprint of this machine."));
  }
  return *std::move(measured);
}

}  // namespace heyan::cli
