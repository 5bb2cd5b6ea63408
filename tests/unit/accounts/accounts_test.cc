#include "gateway/accounts/accounts.h"

#include <gtest/gtest.h>

#include "gateway/accounts/totp.h"
#include "tests/unit/accounts/place.h"
#include "verifier/core/base32.h"

namespace heyan::accounts {
namespace {

using Why = Refused::Why;

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
const std::string kPassword = "correct horse battery";
const std::string kOther = "another good password";

class AccountsTest : public testing::Test {
 protected:
  AccountsTest() {
    people_ = place_->open().value();
    accounts_ = std::make_unique<Accounts>(Settings{.now_ms = [this] { return now_; }}, *people_);
    Passwords passwords;
    hash_ = passwords.hash(kPassword).value();
    add("wang", Role::kClerk, "0192");
  }

  void add(const std::string& account, Role role, const std::string& court) {
    ASSERT_TRUE(
        people_->add({.account = account, .name = "王", .role = role, .court = court}, hash_, now_)
            .has_value());
  }
  std::expected<std::string, Refused> sign_in(const std::string& account,
                                              const std::string& password,
                                              const std::string& code = "") {
    return accounts_->sign_in(
        {.account = account, .password = password, .code = code, .client = "192.0.2.1"});
  }
  std::optional<Current> find(const std::string& token, bool used = true) {
    return accounts_->find(token, used).value();
  }
  std::string code_of(const std::string& base32, std::int64_t later_s = 0) const {
    return totp(core::from_base32(base32).value(), now_ / 1000 + later_s);
  }
  // Enrols a second factor and gives its secret.
  std::string enrol(const Current& current) {
    const std::string secret = accounts_->propose_secret(current, "c", kPassword).value().base32;
    EXPECT_TRUE(accounts_->confirm_secret(current, "c", code_of(secret)).has_value());
    return secret;
  }

  std::unique_ptr<Place> place_ = new_place();
  std::int64_t now_ = 1'900'000'000'000;
  std::unique_ptr<People> people_;
  std::unique_ptr<Accounts> accounts_;
  std::string hash_;
};

// Whoever sends something for long uses the session, and is no longer somebody once disabled.
TEST_F(AccountsTest, ASessionIsLookedAtWithoutItsToken) {
  const std::string token = sign_in("wang", kPassword).value();
  const core::Bytes digest = find(token)->digest;
  for (int i = 0; i < 3; ++i) {
    now_ += 29 * kMinute;
    EXPECT_TRUE(accounts_->lives(digest, true).value()) << i;
  }
  now_ += 20 * kMinute;
  EXPECT_TRUE(accounts_->lives(digest, false).value());
  now_ += 10 * kMinute;
  EXPECT_FALSE(accounts_->lives(digest, true).value()) << "looking alone prolonged it";
  const core::Bytes other = find(sign_in("wang", kPassword).value())->digest;
  EXPECT_TRUE(accounts_->lives(other, true).value());
  ASSERT_TRUE(people_->set_disabled("wang", true).has_value());
  EXPECT_FALSE(accounts_->lives(other, true).value());
}

TEST_F(AccountsTest, GiveASessionForTheRightPassword) {
  const auto token = sign_in("wang", kPassword);
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(token->size(), 43);
  const auto current = find(*token);
  ASSERT_TRUE(current.has_value());
  EXPECT_EQ(current->session.person,
            (Person{.account = "wang", .name = "王", .role = Role::kClerk, .court = "0192"}));
  EXPECT_EQ(current->session.strength, Strength::kPassword);
  EXPECT_EQ(current->expires_at_ms, now_ + 30 * kMinute);
}

TEST_F(AccountsTest, AnswerTheSameWhateverIsWrong) {
  add("li", Role::kLitigant, "");
  ASSERT_TRUE(people_->set_disabled("li", true).has_value());
  for (const auto& [account, password] :
       std::vector<std::pair<std::string, std::string>>{{"wang", kOther},
                                                        {"nobody", kPassword},
                                                        {"li", kPassword},
                                                        {"", ""},
                                                        {"Wang", kPassword},
                                                        {"wang ", kPassword},
                                                        {"' OR 1=1 --", kPassword}}) {
    const auto refused = sign_in(account, password);
    ASSERT_FALSE(refused.has_value()) << account;
    EXPECT_EQ(refused.error().why, Why::kFailed) << account;
  }
}

// What an unknown account costs is a whole computation: far more than a look into a table.
TEST_F(AccountsTest, WorkAsMuchForAnAccountThatIsNotThere) {
  const auto time = [&](const std::string& account) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(sign_in(account, kOther).has_value());
    return std::chrono::steady_clock::now() - start;
  };
  time("nobody-0");  // makes the hash that is nobody's
  const auto known = time("wang");
  const auto unknown = time("nobody-1");
  EXPECT_GT(unknown * 3, known);
  EXPECT_LT(unknown, known * 3);
}

TEST_F(AccountsTest, SlowGuessingDownAndStillTakeTheRightPasswordLater) {
  int failed = 0;
  std::optional<Refused> later;
  while (!later && failed < 10) {
    const auto refused = sign_in("wang", kOther);
    ASSERT_FALSE(refused.has_value());
    if (refused.error().why == Why::kLater) {
      later = refused.error();
    } else {
      ++failed;
    }
  }
  ASSERT_TRUE(later.has_value());
  EXPECT_EQ(failed, 4);
  EXPECT_EQ(sign_in("wang", kPassword).error().why, Why::kLater);
  now_ += later->wait.count() * 1000;
  EXPECT_TRUE(sign_in("wang", kPassword).has_value());
  EXPECT_TRUE(sign_in("wang", kPassword).has_value());
}

TEST_F(AccountsTest, EndASessionThatIsNotUsed) {
  const std::string token = sign_in("wang", kPassword).value();
  now_ += 29 * kMinute;
  EXPECT_TRUE(find(token).has_value());
  now_ += 29 * kMinute;
  EXPECT_TRUE(find(token).has_value());
  now_ += 30 * kMinute;
  EXPECT_FALSE(find(token).has_value());
  now_ -= 30 * kMinute;
  EXPECT_FALSE(find(token).has_value());
}

TEST_F(AccountsTest, DoNotTakeALookForUse) {
  const std::string token = sign_in("wang", kPassword).value();
  for (int i = 0; i < 2; ++i) {
    now_ += 14 * kMinute;
    EXPECT_TRUE(find(token, false).has_value());
  }
  now_ += 2 * kMinute;
  EXPECT_FALSE(find(token, false).has_value());
}

TEST_F(AccountsTest, EndASessionAfterHalfADayInAnyCase) {
  const std::string token = sign_in("wang", kPassword).value();
  for (int i = 0; i < 47; ++i) {
    now_ += kHour / 4;
    ASSERT_TRUE(find(token).has_value()) << i;
  }
  EXPECT_EQ(find(token)->expires_at_ms, now_ + kHour / 4);
  now_ += kHour / 4;
  EXPECT_FALSE(find(token).has_value());
}

TEST_F(AccountsTest, KnowNoTokenButTheOneGiven) {
  const std::string token = sign_in("wang", kPassword).value();
  std::string changed = token;
  changed[0] = changed[0] == 'A' ? 'B' : 'A';
  for (const std::string& each : {std::string(), changed, token + "A", token + "=", token.substr(1),
                                  std::string(43, 'A'), std::string(100'000, 'A')})
    EXPECT_FALSE(find(each).has_value()) << each.substr(0, 50);
}

TEST_F(AccountsTest, EndSessionsOfAnAccountThatIsDisabledOrReset) {
  const std::string first = sign_in("wang", kPassword).value();
  ASSERT_TRUE(people_->set_disabled("wang", true).has_value());
  EXPECT_FALSE(find(first).has_value());
  ASSERT_TRUE(people_->set_disabled("wang", false).has_value());
  EXPECT_FALSE(find(first).has_value());
  const std::string second = sign_in("wang", kPassword).value();
  ASSERT_TRUE(people_->reset("wang", hash_).has_value());
  EXPECT_FALSE(find(second).has_value());
}

TEST_F(AccountsTest, EndOneSessionAtSignOut) {
  const std::string first = sign_in("wang", kPassword).value();
  const std::string second = sign_in("wang", kPassword).value();
  EXPECT_NE(first, second);
  EXPECT_NE(find(first)->form_token, find(second)->form_token);
  ASSERT_TRUE(accounts_->sign_out(*find(first)).has_value());
  EXPECT_FALSE(find(first).has_value());
  EXPECT_TRUE(find(second).has_value());
}

TEST_F(AccountsTest, HoldTwentySessionsOfAnAccountAtMost) {
  std::vector<core::Bytes> digests;
  for (std::uint8_t i = 0; i < 25; ++i) {
    digests.emplace_back(32, i);
    ASSERT_TRUE(people_->begin_session(digests.back(), "wang", hash_, Strength::kPassword, now_ + i)
                    .value());
  }
  for (std::size_t i = 0; i < digests.size(); ++i) {
    EXPECT_EQ(people_->find_session(digests[i]).value().has_value(), i >= 5) << i;
  }
}

// Checking a password takes its time; what an operator does meanwhile counts.
TEST_F(AccountsTest, BeginNoSessionWithAPasswordThatIsNoLongerKept) {
  const auto begin = [&](std::uint8_t name, const std::string& password) {
    return people_
        ->begin_session(core::Bytes(32, name), "wang", password, Strength::kPassword, now_)
        .value();
  };
  ASSERT_TRUE(people_->set_disabled("wang", true).has_value());
  EXPECT_FALSE(begin(1, hash_));
  ASSERT_TRUE(people_->set_disabled("wang", false).has_value());
  EXPECT_FALSE(people_->find_session(core::Bytes(32, 1)).value().has_value());
  ASSERT_TRUE(people_->reset("wang", "$argon2id$another").has_value());
  EXPECT_FALSE(begin(2, hash_));
  EXPECT_FALSE(people_->find_session(core::Bytes(32, 2)).value().has_value());
  EXPECT_TRUE(begin(3, "$argon2id$another"));
}

TEST_F(AccountsTest, BeginNoSessionWithAPasswordThatIsNoLongerEnough) {
  enrol(*find(sign_in("wang", kPassword).value()));
  const auto begin = [&](std::uint8_t name, Strength strength) {
    return people_->begin_session(core::Bytes(32, name), "wang", hash_, strength, now_).value();
  };
  EXPECT_FALSE(begin(1, Strength::kPassword));
  EXPECT_TRUE(begin(2, Strength::kSecondFactor));
}

TEST_F(AccountsTest, ChangeAPasswordAndEndTheOtherSessions) {
  const std::string here = sign_in("wang", kPassword).value();
  const std::string elsewhere = sign_in("wang", kPassword).value();
  const auto change = [&](const std::string& old, const std::string& wanted) {
    return accounts_->change_password(*find(here), "c", old, wanted);
  };
  EXPECT_EQ(change(kOther, "yet another password").error().why, Why::kFailed);
  EXPECT_EQ(change(kPassword, "short").error().word, "too-short");
  EXPECT_EQ(change(kPassword, std::string(257, 'x')).error().word, "too-long");
  EXPECT_EQ(change(kPassword, kPassword).error().word, "same");
  EXPECT_EQ(change(kPassword, "i am wang, the clerk").error().word, "unusable");
  EXPECT_EQ(change(kPassword, "with a line\nbreak in it").error().word, "unusable");
  EXPECT_EQ(change(kPassword, "not UTF-8 \xff\xfe at all").error().word, "unusable");
  EXPECT_TRUE(find(elsewhere).has_value());
  EXPECT_TRUE(change(kPassword, kOther).has_value());
  EXPECT_TRUE(find(here).has_value());
  EXPECT_FALSE(find(elsewhere).has_value());
  EXPECT_EQ(sign_in("wang", kPassword).error().why, Why::kFailed);
  EXPECT_TRUE(sign_in("wang", kOther).has_value());
}

TEST_F(AccountsTest, AskForASecondFactorAfterTheRightPasswordAlone) {
  enrol(*find(sign_in("wang", kPassword).value()));
  EXPECT_EQ(sign_in("wang", kPassword).error().why, Why::kCodeNeeded);
  EXPECT_EQ(sign_in("wang", kOther).error().why, Why::kFailed);
  EXPECT_EQ(sign_in("wang", kOther, "000000").error().why, Why::kFailed);
}

// Whoever had the password alone is in no more.
TEST_F(AccountsTest, EndTheOtherSessionsWhereASecondFactorComesOrGoes) {
  add("li", Role::kLitigant, "");
  const std::string somebodys = sign_in("li", kPassword).value();
  const std::string here = sign_in("wang", kPassword).value();
  const std::string elsewhere = sign_in("wang", kPassword).value();
  const std::string secret = accounts_->propose_secret(*find(here), "c", kPassword).value().base32;
  EXPECT_EQ(accounts_->confirm_secret(*find(here), "c", "000000").error().why, Why::kFailed);
  EXPECT_TRUE(find(elsewhere).has_value()) << "nothing has changed yet";
  ASSERT_TRUE(accounts_->confirm_secret(*find(here), "c", code_of(secret)).has_value());
  EXPECT_FALSE(find(elsewhere).has_value());
  EXPECT_TRUE(find(here).has_value());
  now_ += 30'000;
  const std::string later = sign_in("wang", kPassword, code_of(secret)).value();
  EXPECT_EQ(accounts_->drop_secret(*find(here), "c", code_of(secret)).error().why, Why::kFailed);
  EXPECT_TRUE(find(later).has_value());
  now_ += 30'000;
  ASSERT_TRUE(accounts_->drop_secret(*find(here), "c", code_of(secret)).has_value());
  EXPECT_FALSE(find(later).has_value());
  EXPECT_TRUE(find(here).has_value());
  EXPECT_TRUE(find(somebodys).has_value());
}

TEST_F(AccountsTest, TakeACodeOnceWhoeverBringsIt) {
  const std::string secret = enrol(*find(sign_in("wang", kPassword).value()));
  const std::string enrolling = code_of(secret);
  EXPECT_EQ(sign_in("wang", kPassword, enrolling).error().why, Why::kFailed);
  now_ += 30'000;
  const std::string code = code_of(secret);
  const auto token = sign_in("wang", kPassword, code);
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(find(*token)->session.strength, Strength::kSecondFactor);
  EXPECT_EQ(sign_in("wang", kPassword, code).error().why, Why::kFailed);
  EXPECT_EQ(sign_in("wang", kPassword, enrolling).error().why, Why::kFailed);
  EXPECT_TRUE(sign_in("wang", kPassword, code_of(secret, 30)).has_value());
}

TEST_F(AccountsTest, TakeAStepOnceAlsoBesideAnotherProcess) {
  const auto beside = place_->open().value();
  EXPECT_TRUE(people_->take_step("wang", 7).value());
  EXPECT_FALSE(beside->take_step("wang", 7).value());
  EXPECT_FALSE(beside->take_step("wang", 6).value());
  EXPECT_TRUE(beside->take_step("wang", 8).value());
}

TEST_F(AccountsTest, EnrolNothingUnconfirmedAndNothingTwice) {
  const std::string token = sign_in("wang", kPassword).value();
  const Current current = *find(token);
  EXPECT_EQ(accounts_->confirm_secret(current, "c", "000000").error().why, Why::kConflict);
  const std::string first = accounts_->propose_secret(current, "c", kPassword).value().base32;
  const std::string second = accounts_->propose_secret(current, "c", kPassword).value().base32;
  EXPECT_NE(first, second);
  EXPECT_EQ(accounts_->confirm_secret(current, "c", code_of(first)).error().why, Why::kFailed);
  EXPECT_TRUE(sign_in("wang", kPassword).has_value());
  EXPECT_TRUE(accounts_->confirm_secret(current, "c", code_of(second)).has_value());
  EXPECT_EQ(accounts_->propose_secret(*find(token), "c", kPassword).error().why, Why::kConflict);
  EXPECT_EQ(accounts_->drop_secret(*find(token), "c", code_of(second)).error().why, Why::kFailed);
  now_ += 30'000;
  EXPECT_TRUE(accounts_->drop_secret(*find(token), "c", code_of(second)).has_value());
  EXPECT_TRUE(sign_in("wang", kPassword).has_value());
}

TEST_F(AccountsTest, ProposeNoSecondFactorWithoutThePassword) {
  const Current current = *find(sign_in("wang", kPassword).value());
  EXPECT_EQ(accounts_->propose_secret(current, "c", kOther).error().why, Why::kFailed);
  EXPECT_EQ(accounts_->propose_secret(current, "c", "").error().why, Why::kFailed);
  EXPECT_EQ(accounts_->confirm_secret(current, "c", "000000").error().why, Why::kConflict);
}

// An operator resets the account between the check of the old password and the change.
TEST_F(AccountsTest, ChangeNothingOfAnAccountThatWasResetMeanwhile) {
  const core::Bytes session(32, 1);
  ASSERT_TRUE(people_->reset("wang", "$argon2id$reset").has_value());
  EXPECT_FALSE(people_->set_password("wang", hash_, "$argon2id$late", session).value());
  EXPECT_FALSE(people_->propose_secret("wang", hash_, core::Bytes(20, 1)).value());
  const Kept kept = people_->find("wang").value().value();
  EXPECT_EQ(kept.password, "$argon2id$reset");
  EXPECT_FALSE(kept.pending_secret.has_value());
  EXPECT_TRUE(people_->set_password("wang", "$argon2id$reset", "$argon2id$new", session).value());
}

TEST_F(AccountsTest, ForgetTheSecondFactorAtAReset) {
  enrol(*find(sign_in("wang", kPassword).value()));
  ASSERT_TRUE(people_->reset("wang", hash_).has_value());
  EXPECT_TRUE(sign_in("wang", kPassword).has_value());
}

TEST_F(AccountsTest, AreAddedOnceAndAsTheyMustBe) {
  const auto code = [&](const Person& person) {
    const auto added = people_->add(person, hash_, now_);
    return added ? std::string_view("added") : core::name(added.error().code);
  };
  EXPECT_EQ(code({.account = "wang", .name = "x", .role = Role::kJudge, .court = "0192"}),
            "duplicate");
  EXPECT_EQ(code({.account = "Li", .name = "x", .role = Role::kOperator}), "malformed");
  EXPECT_EQ(code({.account = "a/../b", .name = "x", .role = Role::kOperator}), "malformed");
  EXPECT_EQ(code({.account = "l", .name = "x", .role = Role::kOperator}), "malformed");
  EXPECT_EQ(code({.account = "li", .name = "", .role = Role::kOperator}), "malformed");
  EXPECT_EQ(code({.account = "li", .name = "x\x1b[2J", .role = Role::kOperator}), "malformed");
  EXPECT_EQ(code({.account = "li", .name = "x", .role = Role::kClerk}), "malformed");
  EXPECT_EQ(code({.account = "li", .name = "x", .role = Role::kLitigant, .court = "0192"}),
            "malformed");
  EXPECT_EQ(people_->find("wang").value()->person.role, Role::kClerk);
  EXPECT_EQ(people_->list().value().size(), 1);
  EXPECT_EQ(people_->set_disabled("li", true).error().code, core::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace heyan::accounts
