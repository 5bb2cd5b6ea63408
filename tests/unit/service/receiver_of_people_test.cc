// What another gateway received, where a gateway serves litigants alone.
#include <gmock/gmock.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>

#include "gateway/service/receiver.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

class ReceiverOfPeople : public testing::Test {
 protected:
  // In one request, by a gateway that ended before it was acknowledged; and the vault lost it, so
  // that whoever goes on with it says so.
  void receive(const std::string& id, const std::string& account) {
    const auto begun = store_->begin_receiving({.id = id,
                                                .court = "0491",
                                                .account = account,
                                                .session = core::to_bytes("session"),
                                                .key = {id, core::to_bytes("f")},
                                                .created_at_ms = 1000,
                                                .expires_at_ms = 100'000'000,
                                                .files = {{"case.json", 2, core::Bytes(32, 1)}}});
    ASSERT_TRUE(begun.has_value()) << begun.error().text;
  }
  // Until one of that id was tried, and all others of that time were.
  std::set<std::string> tried_until(const std::string& last,
                                    std::function<bool(const std::string& account)> others_of) {
    std::mutex mutex;
    std::condition_variable told;
    std::set<std::string> tried;
    auto receiver = Receiver::start({.folder = folder_ / "uploads",
                                     .life = std::chrono::hours(1),
                                     .shared = true,
                                     .others_of = std::move(others_of),
                                     .now_ms = [] { return std::int64_t{1'000'000}; },
                                     .has_room = {},
                                     .accepted = {},
                                     .not_accepted =
                                         [&](const std::string& id, const core::Error&) {
                                           const std::lock_guard lock(mutex);
                                           tried.insert(id);
                                           told.notify_all();
                                         }},
                                    {*store_, *vault_, signer_, boxes_, keys_, nullptr, {}})
                        .value();
    {
      std::unique_lock lock(mutex);
      EXPECT_TRUE(told.wait_for(lock, std::chrono::seconds(60), [&] {
        return tried.contains(last);
      })) << last;
    }
    receiver.reset();  // ends what it was at
    return tried;
  }

  os::TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "front.db").value();
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();
  SignerSide signer_side_{[](const v1::FrontAsks&) { return v1::FrontGets(); }};
  OtherSide box_side_{[](const ipc::Channel&) {}};
  SignerClient signer_{signer_side_.front()};
  ipc::Doors boxes_{box_side_.front(), ipc::kBoxFrameBytes};
  KeysInUse keys_;
};

TEST_F(ReceiverOfPeople, OfCourtsIsLeftToTheCourts) {
  receive("a-clerk's", "person:wang");
  receive("a-system's", "court-system-1");
  receive("litigant's", "person:li");
  const auto of_litigants = [](const std::string& account) { return account == "person:li"; };
  EXPECT_THAT(tried_until("litigant's", of_litigants), testing::ElementsAre("litigant's"));
}

TEST_F(ReceiverOfPeople, EverybodysIsGoneOnWithElsewhere) {
  receive("a-system's", "court-system-1");
  EXPECT_THAT(tried_until("a-system's", {}), testing::ElementsAre("a-system's"));
}

}  // namespace
}  // namespace heyan::service
