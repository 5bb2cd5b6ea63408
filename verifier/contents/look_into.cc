#include "verifier/contents/look_into.h"

#include "heyan/v1/case_record.pb.h"
#include "verifier/contents/candidates.h"
#include "verifier/contents/encodings.h"
#include "verifier/contents/file_type.h"
#include "verifier/contents/jpeg_changes.h"
#include "verifier/contents/packed.h"
#include "verifier/contents/pdf_saves.h"
#include "verifier/contents/text_changes.h"

namespace heyan::contents {
namespace {

// A file that is damaged, or another than its first bytes say, gives nothing; only one that cannot
// be read ends it all.
bool is_fault_of_file(const core::Error& error) {
  return error.code != core::ErrorCode::kIo && error.code != core::ErrorCode::kInternal;
}
core::Result<void> pass_over_fault(core::Result<void> result) {
  if (!result && is_fault_of_file(result.error())) return {};
  return result;
}

core::Result<void> add_by_type(const ByteSource& source, std::string_view type,
                               const core::Limits& limits, Candidates& candidates,
                               v1::ContentFacts& facts) {
  if (type == kPdf) return add_pdf_saves(source, candidates);
  if (type == kZip) return add_zip_entries(source, limits, candidates);
  if (type == kGzip) return add_gzip_content(source, candidates);
  if (type != kJpeg) return {};
  HEYAN_TRY(const JpegHeader header, read_jpeg_header(source));
  *facts.mutable_jpeg() = header.traces;
  return add_jpeg_changes(source, header, candidates);
}

}  // namespace

// What one kind of file alone needs comes first, then what any file may have, the cheapest first.
core::Result<v1::ContentFacts> look_into(const ByteSource& source,
                                         std::span<const crypto::Hash> hashes,
                                         const core::Limits& limits) {
  v1::ContentFacts facts;
  facts.set_performed(true);
  if (hashes.empty()) return facts;
  Candidates candidates(hashes, limits.explained_bytes);
  HEYAN_TRY(const core::Bytes head, read_some(source, 0, kHeadBytes));
  HEYAN_CHECK_OK(
      pass_over_fault(add_by_type(source, media_type_of(head), limits, candidates, facts)));
  HEYAN_CHECK_OK(add_other_algorithms(source, candidates));
  HEYAN_CHECK_OK(add_text_changes(source, candidates));
  HEYAN_CHECK_OK(add_encodings(source, candidates));
  facts.set_exhausted(candidates.exhausted());
  *facts.mutable_candidates() = std::move(candidates).take();
  return facts;
}

}  // namespace heyan::contents
