// The log as public files (C2SP tlog-tiles): FOLDER/checkpoint, FOLDER/tile/….
//
// Threat: a database that was set back, or is another's, would show the public a second history. So
// what is published already must be a beginning of this log; a file is never replaced by one that
// says something else.
#pragma once

#include <filesystem>
#include <optional>

#include "gateway/report_log/report_log.h"
#include "verifier/transparency/tile.h"

namespace heyan::report_log {

// The log must outlive it. Thread: the log's.
class TilePublisher {
 public:
  TilePublisher(const ReportLog& log, std::filesystem::path folder)
      : log_(log), folder_(std::move(folder)) {}

  // The files of the log's signed checkpoint, tiles first; the first call also mends what is
  // missing. Doing it again changes nothing. kNotFound: nothing was signed yet; kInternal: what is
  // published is no beginning of this log; kIo.
  core::Result<void> publish();
  // The checkpoint that is published, with more signatures below it; nothing is done where another
  // size is, or just that note.
  core::Result<void> publish_cosigned(std::uint64_t size, std::string_view note);

 private:
  const ReportLog& log_;
  std::filesystem::path folder_;
  std::optional<std::uint64_t> published_;  // size, once this process has looked
  std::string note_;                        // as it wrote it

  core::Result<std::uint64_t> size_on_disk(std::uint64_t signed_size) const;
  core::Result<void> put_tile(const transparency::Tile& tile, std::uint64_t vouched_size) const;
};

}  // namespace heyan::report_log
