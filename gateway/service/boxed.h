// What the box is asked: what does case.json say, what lies in an archive, what would a trust list
// change?
//
// Threat: the box reads hostile bytes; its answers are taken like an upload, counted and bounded.
#pragma once

#include <expected>
#include <vector>

#include "gateway/ipc/doors.h"
#include "gateway/service/staged.h"
#include "heyan/v1/gateway.pb.h"
#include "heyan/v1/submission.pb.h"
#include "verifier/contents/submission_reader.h"

namespace heyan::service {

// All defects of the document; or an error of ours.
struct Refused {
  core::Error error;  // kMalformed where there are defects
  std::vector<contents::Defect> defects;
};

// Of an error while `staged` was filled: where that was a limit, which file and which limit.
Refused refused_by(const Staged& staged, const core::Error& error);
// Of an error of the store: where that was a limit, which; `path`: of the file it was about.
Refused refused_by(const store::StoredLimits& limits, const core::Error& error,
                   std::string_view path = {});

std::expected<v1::Submission, Refused> read_case(ipc::Doors& boxes, const StagedPart& case_json);
// The same of an open file, from where it stands.
std::expected<v1::Submission, Refused> read_case(ipc::Doors& boxes, int case_json);

// Its files become parts of `staged`; the archive itself is dropped.
std::expected<void, Refused> open_archive(ipc::Doors& boxes, Staged& staged,
                                          std::string_view archive);

// The trust list in force. kIo: ask again.
core::Result<v1::TrustOutline> show_trust(ipc::Doors& boxes);

// What that list, in force in its place, would change.
std::expected<v1::TrustComparison, Refused> compare_trust(ipc::Doors& boxes,
                                                          const StagedPart& list);

// Is that file a signed report of this installation's? kIo: ask again.
core::Result<v1::CheckedReport> check_report(ipc::Doors& boxes, const StagedPart& document);

}  // namespace heyan::service
