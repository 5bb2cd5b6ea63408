#include "gateway/service/housekeeping.h"

#include <gtest/gtest.h>

#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {
namespace {

using namespace std::chrono_literals;

TEST(Housekeeper, ForgetsKeysAfterTwoDaysAndNotBefore) {
  const os::TemporaryFolder folder;
  const auto store = store::Store::open(folder / "front.db").value();
  const auto vault = store::Vault::open(folder / "vault").value();
  std::atomic<int> looks = 0;
  VaultSweep sweep({.courts = {},
                    .names = folder / "sweep",
                    .list = folder / "vault.left",
                    .on_done = [&looks](const auto&, const auto&) { ++looks; },
                    .on_failed = [](const auto&) {}},
                   *store, *vault);
  const store::IdempotencyKey key{"key", core::Bytes(32, 1)};
  ASSERT_TRUE(store
                  ->accept({.id = "s",
                            .court = "0491",
                            .account = "a",
                            .received_at_ms = 1000,
                            .intake_index = 1,
                            .receipt = core::to_bytes("r"),
                            .session = core::to_bytes("s"),
                            .files = {{"case.json", 1, core::Bytes(32, 2)}}},
                           &key)
                  .has_value());
  std::atomic<std::int64_t> now = 1000 + std::int64_t{47} * 3600 * 1000;
  const auto known = [&] { return store->find_key("0491", "a", "key").value().has_value(); };
  std::atomic<bool> has_time = true;
  const Housekeeper housekeeper(
      *store, sweep, [&now] { return now.load(); }, [&has_time] { return has_time.load(); }, 10ms);
  std::this_thread::sleep_for(100ms);
  EXPECT_TRUE(known());
  has_time = false;
  now = 1000 + std::int64_t{49} * 3600 * 1000;
  std::this_thread::sleep_for(100ms);
  EXPECT_TRUE(known()) << "by a clock that is not believed";
  has_time = true;
  for (int i = 0; i < 100 && known(); ++i) std::this_thread::sleep_for(20ms);
  EXPECT_FALSE(known());
}

}  // namespace
}  // namespace heyan::service
