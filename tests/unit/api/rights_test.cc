#include "gateway/api/rights.h"

#include <gtest/gtest.h>

#include "gateway/api/caller.h"
#include "gateway/api/listeners.h"

namespace heyan::api {
namespace {

using http::Method;

constexpr std::array kRoles = {Role::kCourtSystem, Role::kLitigant, Role::kClerk, Role::kJudge,
                               Role::kOperator};

Caller caller(Role role, std::vector<Court> courts) {
  return {.role = role,
          .account = "person:a",
          .courts = std::move(courts),
          .authentication = v1::AUTHENTICATION_PASSWORD};
}

std::optional<Right> needed(Method method, std::vector<std::string> path) {
  return right_needed(method, path);
}

TEST(Rights, AreOfTheRolesThatHaveThem) {
  struct Row {
    Right right;
    std::string roles;  // system, litigant, clerk, judge, operator
  };
  for (const Row& row :
       {Row{Right::kRead, "yyyyn"}, Row{Right::kFile, "yyynn"}, Row{Right::kJudgeAgain, "ynyyn"},
        Row{Right::kWithdraw, "ynyyn"}, Row{Right::kCourtMessages, "ynnnn"},
        Row{Right::kSupplement, "nnynn"}, Row{Right::kAnnotate, "nnnyn"},
        Row{Right::kAssign, "nnynn"}, Row{Right::kSeeAssigned, "nnyyn"},
        Row{Right::kBreakGlass, "nnnyn"}, Row{Right::kSeeAccess, "nnyny"},
        Row{Right::kAskDeletion, "nnynn"}, Row{Right::kStopDeletion, "nnyyn"},
        Row{Right::kConfirmDeletion, "nnnyn"}, Row{Right::kOperate, "nnnny"}}) {
    std::string found;
    for (const Role role : kRoles) found += may(role, row.right) ? 'y' : 'n';
    EXPECT_EQ(found, row.roles) << static_cast<int>(row.right);
  }
}

TEST(Rights, AreNeededByEveryCall) {
  EXPECT_EQ(needed(Method::kPost, {"v1", "submissions"}), Right::kFile);
  EXPECT_EQ(needed(Method::kGet, {"v1", "submissions", "1"}), Right::kRead);
  EXPECT_EQ(needed(Method::kPost, {"v1", "submissions", "1", "verifications"}), Right::kJudgeAgain);
  EXPECT_EQ(needed(Method::kGet, {"v1", "uploads", "1"}), Right::kFile);
  EXPECT_EQ(needed(Method::kGet, {"v1", "reports", "1", "log-proof"}), Right::kRead);
  EXPECT_EQ(needed(Method::kPost, {"v1", "reports", "1", "withdrawal"}), Right::kWithdraw);
  EXPECT_EQ(needed(Method::kPost, {"v1", "submissions", "1", "assignment"}), Right::kAssign);
  EXPECT_EQ(needed(Method::kDelete, {"v1", "submissions", "1", "assignment"}), Right::kAssign);
  EXPECT_EQ(needed(Method::kGet, {"v1", "submissions", "1", "assignment"}), Right::kSeeAssigned);
  EXPECT_EQ(needed(Method::kPost, {"v1", "submissions", "1", "access"}), Right::kBreakGlass);
  EXPECT_EQ(needed(Method::kDelete, {"v1", "submissions", "1", "access"}), Right::kBreakGlass);
  EXPECT_EQ(needed(Method::kGet, {"v1", "submissions", "1", "access"}), Right::kRead);
  EXPECT_EQ(needed(Method::kGet, {"v1", "access"}), Right::kSeeAccess);
  EXPECT_EQ(needed(Method::kGet, {"v1", "judges"}), Right::kAssign);
  EXPECT_EQ(needed(Method::kPost, {"courts", "ecf5"}), Right::kCourtMessages);
}

TEST(Rights, OfDeletionsAreOfTheirSteps) {
  EXPECT_EQ(needed(Method::kGet, {"v1", "submissions", "1", "deletion"}), Right::kRead);
  EXPECT_EQ(needed(Method::kPost, {"v1", "submissions", "1", "deletion"}), Right::kAskDeletion);
  EXPECT_EQ(needed(Method::kDelete, {"v1", "submissions", "1", "deletion"}), Right::kStopDeletion);
  EXPECT_EQ(needed(Method::kPost, {"v1", "submissions", "1", "deletion", "confirmation"}),
            Right::kConfirmDeletion);
  EXPECT_EQ(needed(Method::kPut, {"v1", "submissions", "1", "deletion", "hold"}),
            Right::kStopDeletion);
  EXPECT_EQ(needed(Method::kDelete, {"v1", "submissions", "1", "deletion", "hold"}),
            Right::kConfirmDeletion);
}

TEST(Rights, LeadNowhereWhereNothingIs) {
  for (const std::vector<std::string>& path :
       std::vector<std::vector<std::string>>{{},
                                             {"v1"},
                                             {"courts"},
                                             {"v2", "submissions"},
                                             {"v1", "people"},
                                             {"v1", "submissions", "1", "else"},
                                             {"v1", "submissions", "1", "verifications", "2"},
                                             {"v1", "submissions", "1", "access", "2"},
                                             {"v1", "submissions", "1", "assignment", "2"},
                                             {"v1", "access", "1"},
                                             {"v1", "judges", "wang"},
                                             {"v1", "submissions", "1", "deletion", "else"},
                                             {"v1", "submissions", "1", "deletion", "hold", "2"},
                                             {"v1", "reports"},
                                             {"v1", "reports", "1", "else"}}) {
    EXPECT_EQ(needed(Method::kPost, path), std::nullopt);
  }
}

TEST(Callers, SeeTheirCourtOrTheirOwnOrNothing) {
  const Court court{.code = "0192", .name = "c"};
  const store::Scope clerks = caller(Role::kClerk, {court}).scope();
  EXPECT_EQ(clerks.court, "0192");
  EXPECT_EQ(clerks.account, std::nullopt);
  const store::Scope own = caller(Role::kLitigant, {court, {.code = "0491", .name = "d"}}).scope();
  EXPECT_EQ(own.court, std::nullopt);
  EXPECT_EQ(own.account, "person:a");
  EXPECT_EQ(caller(Role::kOperator, {court}).scope().court, "");
  EXPECT_EQ(caller(Role::kJudge, {}).scope().court, "");
  EXPECT_EQ(caller(Role::kClerk, {court, court}).scope().court, "");
}

TEST(Callers, AJudgeWhoIsHeldSeesTheOwnAtTheTimeOfTheRequest) {
  const Court court{.code = "0192", .name = "c", .assignment = true};
  Caller judge = caller(Role::kJudge, {court});
  EXPECT_EQ(judge.scope().judge, std::nullopt);
  judge.held = true;
  judge.asked_at_ms = 17;
  const store::Scope own = judge.scope();
  EXPECT_EQ(own.court, "0192");
  EXPECT_EQ(own.account, std::nullopt);
  EXPECT_EQ(own.judge, "person:a");
  EXPECT_EQ(own.at_ms, 17);
  EXPECT_EQ(judge.whole_court().court, "0192");
  EXPECT_EQ(judge.whole_court().judge, std::nullopt);
  judge.courts.clear();
  EXPECT_EQ(judge.scope().court, "");
  judge.courts = {court, court};
  EXPECT_EQ(judge.scope().court, "");
}

TEST(Callers, HaveAWholeCourtOnlyWhereTheyAreOfOne) {
  const Court court{.code = "0192", .name = "c"};
  EXPECT_EQ(caller(Role::kClerk, {court}).whole_court().court, "0192");
  EXPECT_EQ(caller(Role::kClerk, {}).whole_court().court, "");
  EXPECT_EQ(caller(Role::kLitigant, {court}).whole_court().court, "");
  EXPECT_EQ(caller(Role::kOperator, {court}).whole_court().court, "");
}

TEST(Callers, SendWhatTheyBeganThemselves) {
  const Court court{.code = "0192", .name = "c"};
  EXPECT_EQ(caller(Role::kClerk, {court}).sending().account, "person:a");
  EXPECT_EQ(caller(Role::kCourtSystem, {court}).sending().court, "0192");
  EXPECT_EQ(caller(Role::kJudge, {court}).sending().account, "");
}

TEST(Callers, OfACourtsSystemComeByItsListenerAlone) {
  Settings settings;
  settings.court_systems = {
      {.key = {1}, .court = {.code = "0192", .name = "c"}, .account = "system"}};
  front::Peer peer{.listener = std::string(kCourtSystems),
                   .address = "192.0.2.1",
                   .client = "192.0.2.1",
                   .secure = true,
                   .client_key = front::KeyDigest{1}};
  ASSERT_TRUE(court_system_of(peer, settings).has_value());
  EXPECT_EQ(court_system_of(peer, settings)->account, "system");
  peer.client_key = front::KeyDigest{2};
  EXPECT_FALSE(court_system_of(peer, settings).has_value());
  peer.client_key = front::KeyDigest{1};
  peer.listener = kPublic;
  EXPECT_FALSE(court_system_of(peer, settings).has_value());
}

}  // namespace
}  // namespace heyan::api
