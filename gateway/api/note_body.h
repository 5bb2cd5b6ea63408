// What people send to be added to a submission, as JSON: a clerk's request, a judge's note.
//
// Strict: closed members, lengths, and words of the catalogue; all defects at once. Pure.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "gateway/http/problem.h"
#include "gateway/store/filing.h"
#include "gateway/store/notes.h"
#include "verifier/core/bytes.h"

namespace heyan::api {

inline constexpr std::size_t kNoteBytes = 256u << 10;

// {"items":[{"item","code"}],"text","until"}; `items`: of the submission. Nothing: no JSON object.
std::optional<store::Supplement> read_supplement(core::ByteView body,
                                                 std::span<const store::FiledItem> items,
                                                 std::int64_t now_ms,
                                                 std::vector<http::ProblemError>& defects);

// {"item","text"}
std::optional<store::Annotation> read_annotation(core::ByteView body,
                                                 std::span<const store::FiledItem> items,
                                                 std::vector<http::ProblemError>& defects);

}  // namespace heyan::api
