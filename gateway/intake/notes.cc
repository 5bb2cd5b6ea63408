#include "gateway/intake/notes.h"

#include <algorithm>
#include <set>

#include "verifier/uploads/head_marks.h"

namespace heyan::intake {
namespace {

bool may_say(int mark) {
  return v1::FileMark_IsValid(mark) && mark != v1::FILE_MARK_UNSPECIFIED &&
         mark != v1::FILE_MARK_BEGINS_OTHERWISE &&  // that is seen while measuring
         mark != v1::FILE_MARK_NOT_OPENED;
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
  bool has_box = true;
  for (int i = 0; i < record.items_size(); ++i) {
    const std::string& path = record.submission().evidence(i).file().path();
    v1::ItemRecord& item = *record.mutable_items(i);
    if (item.measured().outcome() != v1::MEASURE_OUTCOME_DONE) continue;
    v1::ContentFacts& facts = *item.mutable_contents();
    if (!uploads::has_to_be_opened(path, facts.media_type())) continue;
    std::optional<v1::ContentFacts> answer;
    if (has_box && asked < kMostNoted &&
        uploads::may_be_opened(facts.media_type(), item.measured().size())) {
      v1::LookInto request;
      request.set_name(path.substr(path.rfind('/') + 1));
      answer = ask(i, request);
      has_box = answer && !answer->terminated();
      ++asked;
    }
    if (!answer) facts.add_marks(v1::FILE_MARK_NOT_OPENED);
    changed = !answer || take(*answer, facts) || changed;
  }
  return changed;
}

}  // namespace heyan::intake
