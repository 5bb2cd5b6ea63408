#include "gateway/signer/round.h"

#include "gateway/signer/signer.h"
#include "gateway/sqlite/together.h"

namespace heyan::signer {

using core::Result;

void Signer::answer(std::span<const Question> questions) {
  cosigned_ = false;
  std::vector<Finish> finishes(questions.size());
  std::vector<sqlite::Work> works;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    works.emplace_back([&, i](sqlite::Transaction& transaction) -> Result<void> {
      HEYAN_TRY(finishes[i], questions[i].write(transaction));
      return {};
    });
  }
  std::vector<Result<void>> outcomes = sqlite::commit_together(*database_, works);

  works.assign(1, [this](sqlite::Transaction& transaction) { return sign_head(transaction); });
  for (std::size_t i = 0; i < questions.size(); ++i) {
    works.emplace_back([&, i](sqlite::Transaction&) -> Result<void> {
      HEYAN_CHECK_OK(outcomes[i]);
      return finishes[i] ? finishes[i]() : Result<void>();
    });
  }
  const std::vector<Result<void>> finished = sqlite::commit_together(*database_, works);
  Result<void> published = finished.front() ? publisher_->publish() : finished.front();
  if (published && cosigned_) published = publish_cosigned();
  std::vector<Result<void>> ends;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    ends.push_back(finished[i + 1] ? published : finished[i + 1]);
  }
  if (const auto recorded = record(questions, ends); !recorded) {
    ends.assign(questions.size(), recorded);
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (!ends[i]) questions[i].refuse(ends[i].error());
  }
}

}  // namespace heyan::signer
