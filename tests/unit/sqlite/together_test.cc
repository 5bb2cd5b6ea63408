// What hinders all of a transaction is no work's fault.
#include "gateway/sql/together.h"

#include <gmock/gmock.h>

#include <array>
#include <optional>

#include "gateway/sql/database.h"

namespace heyan::sql {
namespace {

using core::ErrorCode;

constexpr std::array kFaults = {ErrorCode::kUnsupported, ErrorCode::kMalformed,
                                ErrorCode::kDuplicate,   ErrorCode::kNotFound,
                                ErrorCode::kIo,          ErrorCode::kInternal};

// One that says what the test has it say.
class Scripted final : public Database {
 public:
  std::optional<ErrorCode> at_begin;
  std::optional<ErrorCode> at_commit;
  bool undone = false;

  core::Result<Statement> prepare(std::string_view) override {
    return core::fail(ErrorCode::kInternal, "no statements");
  }
  core::Result<void> execute(const char*) override { return {}; }
  std::uint64_t changes() const override { return 0; }
  bool in_transaction() const override { return open_ && !undone; }
  core::Result<void> begin() override {
    open_ = !at_begin;
    return said(at_begin);
  }
  core::Result<void> commit() override {
    open_ = false;
    return said(at_commit);
  }
  core::Result<void> begin_reading(std::span<const Setting>) override { return {}; }
  void end_reading() override {}
  core::Result<void> stand_for(std::int64_t) override { return {}; }
  core::Result<bool> is_there(std::int64_t) override { return false; }
  core::Result<bool> hold(std::int64_t) override { return false; }

 private:
  bool open_ = false;
  static core::Result<void> said(std::optional<ErrorCode> code) {
    return code ? core::fail(*code, "of the database") : core::Result<void>();
  }
};

std::vector<core::Result<void>> three_works(Scripted& database, bool undo = false) {
  const Work good = [](Transaction&) -> core::Result<void> { return {}; };
  const Work refused = [&database, undo](Transaction&) -> core::Result<void> {
    database.undone = undo;
    return core::fail(ErrorCode::kDuplicate, "of the work");
  };
  const std::vector<Work> works = {good, refused, good};
  return commit_together(database, works);
}

void expect_of_the_database(const core::Result<void>& outcome, ErrorCode said) {
  const ErrorCode wanted = said == ErrorCode::kInternal ? ErrorCode::kInternal : ErrorCode::kIo;
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, wanted) << core::name(said);
  EXPECT_EQ(outcome.error().text, "of the database");
}

TEST(CommitTogether, ATransactionThatDoesNotBeginIsNoWorksFault) {
  for (const ErrorCode code : kFaults) {
    Scripted database;
    database.at_begin = code;
    for (const auto& outcome : three_works(database)) expect_of_the_database(outcome, code);
  }
}

TEST(CommitTogether, NorIsOneThatIsNotCommittedOfThoseThatWentWell) {
  for (const ErrorCode code : kFaults) {
    Scripted database;
    database.at_commit = code;
    const auto outcomes = three_works(database);
    expect_of_the_database(outcomes[0], code);
    EXPECT_EQ(outcomes[1].error().text, "of the work");
    EXPECT_EQ(outcomes[1].error().code, ErrorCode::kDuplicate);
    expect_of_the_database(outcomes[2], code);
  }
}

TEST(CommitTogether, WhatTheEngineTookBackIsNobodysFault) {
  Scripted database;
  for (const auto& outcome : three_works(database, true)) {
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::kIo);
  }
}

TEST(CommitTogether, AWorkThatFailsFailsAlone) {
  Scripted database;
  const auto outcomes = three_works(database);
  EXPECT_TRUE(outcomes[0].has_value());
  EXPECT_EQ(outcomes[1].error().code, ErrorCode::kDuplicate);
  EXPECT_TRUE(outcomes[2].has_value());
}

}  // namespace
}  // namespace heyan::sql
