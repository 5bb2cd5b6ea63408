#include "gateway/intake/notes.h"

#include <algorithm>
#include <set>

#include "verifier/uploads/head_marks.h"

namespace heyan::intake {
namespace {

bool may_say(int mark) {
  return v1::FileMark_IsValid(mark) && mark != v1::FILE_MARK_UNSPECIFIED &&
         mark != v1::FILE_MARK_BEGINS_OTHERWISE;  // that is seen while measuring
}

// What the box may say, and nothing else. True: something was taken.
bool take(const v1::ContentFacts& answer, v1::ContentFacts& facts) {
  const bool sound = !answer.terminated() && answer.marks_size() <= v1::FileMark_ARRAYSIZE &&
                     std::ranges::all_of(answer.marks(), may_say);
  if (!sound) {
    facts.set_terminated(true);
    return true;
  }
  std::set<int> marks(facts.marks().begin(), facts.marks().end());
  marks.insert(answer.marks().begin(), answer.marks().end());
  facts.mutable_marks()->Assign(marks.begin(), marks.end());
  return !answer.marks().empty();
}

}  // namespace

bool note_marks(const AskBox& ask, v1::CaseRecord& record) {
  int asked = 0;
  bool changed = false;
  for (int i = 0; i < record.items_size() && asked < kMostNoted; ++i) {
    const std::string& path = record.submission().evidence(i).file().path();
    v1::ItemRecord& item = *record.mutable_items(i);
    if (item.measured().outcome() != v1::MEASURE_OUTCOME_DONE) continue;
    v1::ContentFacts& facts = *item.mutable_contents();
    if (!uploads::needs_opening(path, facts.media_type(), item.measured().size())) continue;
    ++asked;
    v1::LookInto request;
    request.set_name(path.substr(path.rfind('/') + 1));
    const auto answer = ask(i, request);
    if (!answer) break;
    changed = take(*answer, facts) || changed;
    if (facts.terminated()) break;
  }
  return changed;
}

}  // namespace heyan::intake
