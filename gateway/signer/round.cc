#include "gateway/signer/round.h"

#include "gateway/signer/refusal.h"
#include "gateway/signer/signer.h"
#include "gateway/sql/together.h"

namespace heyan::signer {

using core::Result;

namespace {

Result<void> passing(const Result<void>& done) {
  return done ? done : std::unexpected(for_now(done.error()));
}

}  // namespace

void Signer::answer(std::span<const Question> questions) {
  std::vector<Finish> finishes(questions.size());
  Result<void> begun;  // the works of one transaction know how its first ended
  std::vector<sql::Work> works;
  works.emplace_back([&](sql::Transaction& transaction) {
    begun = passing(take_turn(transaction));
    return begun;
  });
  for (std::size_t i = 0; i < questions.size(); ++i) {
    works.emplace_back([&, i](sql::Transaction& transaction) -> Result<void> {
      HEYAN_CHECK_OK(begun);
      HEYAN_TRY(finishes[i], questions[i].write(transaction));
      return {};
    });
  }
  const std::vector<Result<void>> outcomes = sql::commit_together(*database_, works);

  works.assign(1, [&](sql::Transaction& transaction) {
    begun = passing(sign_head(transaction));
    return begun;
  });
  for (std::size_t i = 0; i < questions.size(); ++i) {
    works.emplace_back([&, i](sql::Transaction&) -> Result<void> {
      HEYAN_CHECK_OK(begun);
      HEYAN_CHECK_OK(outcomes[i + 1]);
      return finishes[i] ? passing(finishes[i]()) : Result<void>();
    });
  }
  const std::vector<Result<void>> finished = sql::commit_together(*database_, works);
  const Result<void> published = finished.front() ? passing(publish()) : finished.front();
  std::vector<Result<void>> ends;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    ends.push_back(finished[i + 1] ? published : finished[i + 1]);
  }
  if (const auto recorded = record(questions, ends); !recorded) {
    ends.assign(questions.size(), passing(recorded));
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (!ends[i]) questions[i].refuse(ends[i].error());
  }
}

}  // namespace heyan::signer
