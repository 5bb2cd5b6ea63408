// Files that somebody hands in, from any bytes under names of every kind.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "verifier/uploads/file_marks.h"
#include "verifier/uploads/upload.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heyan;  // NOLINT(google-build-using-namespace): nothing else is here
  const contents::MemorySource source({data, size});
  uploads::UploadRules rules;
  rules.archives = {.most_entries = 64, .most_depth = 2, .most_bytes = 4u << 20};
  for (const std::string_view name :
       {"a.pdf", "a.docx", "a.zip", "a.png", "a.txt", "a.svg", "a.docm"}) {
    const auto checked =
        uploads::check_upload({.file_name = name, .declared_type = "", .bytes = &source}, rules);
    require(checked.has_value());
    require(checked->judgement == uploads::judgement_of(checked->marks));
    require(!checked->thumbnail || checked->judgement != uploads::Judgement::kReject);
    for (const uploads::Mark mark : checked->marks) require(!uploads::name(mark).empty());
    if (name == "a.zip") continue;  // as large as an installation takes them
    const auto noted = uploads::find_file_marks(name, source);
    require(noted.has_value() && std::ranges::is_sorted(*noted));
    require(std::ranges::find(*noted, v1::FILE_MARK_UNSPECIFIED) == noted->end());
  }
  return 0;
}
