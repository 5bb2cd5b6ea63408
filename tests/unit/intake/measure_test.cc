#include "gateway/intake/measure.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "gateway/intake/hash_pipeline.h"
#include "verifier/crypto/digest.h"

namespace heyan::intake {
namespace {

using crypto::Hash;

core::Bytes pattern(std::size_t size) {
  core::Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + (i >> 9));
  return bytes;
}

// Hands over `bytes` in pieces as large as the sink takes, at most `step`.
os::Feed feed_of(const core::Bytes& bytes, std::size_t step, bool changed = false) {
  return [&bytes, step, changed](os::ByteSink& sink) -> core::Result<os::FileReading> {
    core::ByteView rest(bytes);
    while (!rest.empty()) {
      const auto space = sink.space();
      const std::size_t count = std::min({space.size(), rest.size(), step});
      std::copy_n(rest.begin(), count, space.begin());
      HEYAN_CHECK_OK(sink.commit(count));
      rest = rest.subspan(count);
    }
    return os::FileReading{.size = bytes.size(), .changed = changed};
  };
}

MeasureOptions options(std::set<Hash> hashes, unsigned threads) {
  return {.hashes = std::move(hashes), .threads = threads, .limit_bytes = 1u << 30, .advance = {}};
}

// FIPS 180-4 and GB/T 32905 give "abc".
TEST(Measure, GivesKnownDigestsByBothLibraries) {
  const core::Bytes abc = core::to_bytes("abc");
  const auto measured = measure(feed_of(abc, 2), options({Hash::kSha256, Hash::kSm3}, 1));
  ASSERT_TRUE(measured.has_value());
  EXPECT_EQ(measured->outcome(), v1::MEASURE_OUTCOME_DONE);
  EXPECT_EQ(measured->size(), 3u);
  ASSERT_EQ(measured->digests_size(), 2);
  EXPECT_EQ(measured->digests(0).algorithm(), v1::DIGEST_ALGORITHM_SHA_256);
  EXPECT_EQ(core::to_hex(core::as_bytes(measured->digests(0).first())),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(measured->digests(1).algorithm(), v1::DIGEST_ALGORITHM_SM3);
  EXPECT_EQ(core::to_hex(core::as_bytes(measured->digests(1).first())),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  for (const auto& digest : measured->digests()) EXPECT_EQ(digest.first(), digest.second());
}

class MeasureSizes : public testing::TestWithParam<std::tuple<std::size_t, unsigned>> {};

// Around the edges of a block, and round the ring more than once.
TEST_P(MeasureSizes, AgreesWithOneCallOverTheWhole) {
  const auto [size, threads] = GetParam();
  const core::Bytes bytes = pattern(size);
  const auto measured = measure(feed_of(bytes, 100'003),
                                options({Hash::kSha256, Hash::kSm3, Hash::kSha512}, threads));
  ASSERT_TRUE(measured.has_value());
  EXPECT_EQ(measured->size(), size);
  ASSERT_EQ(measured->digests_size(), 3);
  for (const auto& digest : measured->digests()) {
    const core::Bytes wanted = crypto::digest(*hash_of(digest.algorithm()), bytes);
    EXPECT_EQ(digest.first(), core::to_string(wanted));
    EXPECT_EQ(digest.second(), core::to_string(wanted));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Edges, MeasureSizes,
    testing::Combine(testing::Values(0u, 1u, HashPipeline::kBlockBytes - 1,
                                     HashPipeline::kBlockBytes, HashPipeline::kBlockBytes + 1,
                                     3 * HashPipeline::kBlockBytes + 7,
                                     (2 * HashPipeline::kBlocks + 1) * HashPipeline::kBlockBytes),
                     testing::Values(1u, 2u, 5u)));

TEST(Measure, GivesNoDigestOfAFileThatChanged) {
  const core::Bytes bytes = pattern(3'000'000);
  const auto measured =
      measure(feed_of(bytes, 1 << 20, true), options({Hash::kSha256, Hash::kSm3}, 2));
  ASSERT_TRUE(measured.has_value());
  EXPECT_EQ(measured->outcome(), v1::MEASURE_OUTCOME_CHANGED_WHILE_READING);
  EXPECT_EQ(measured->digests_size(), 0);
}

TEST(Measure, StopsAtTheLimit) {
  const core::Bytes bytes = pattern(2'000'000);
  MeasureOptions limited = options({Hash::kSha256}, 2);
  limited.limit_bytes = bytes.size() - 1;
  const auto measured = measure(feed_of(bytes, 4096), limited);
  ASSERT_FALSE(measured.has_value());
  EXPECT_EQ(measured.error().code, core::ErrorCode::kLimit);
}

TEST(Measure, PassesOnTheErrorOfAFeedThatBreaksOff) {
  const os::Feed feed = [](os::ByteSink& sink) -> core::Result<os::FileReading> {
    for (int i = 0; i < 4; ++i) {
      const std::size_t count = sink.space().size();
      HEYAN_CHECK_OK(sink.commit(count));
    }
    return core::fail(core::ErrorCode::kIo, "the disk went away");
  };
  const auto measured = measure(feed, options({Hash::kSha256, Hash::kSm3}, 2));
  ASSERT_FALSE(measured.has_value());
  EXPECT_EQ(measured.error().code, core::ErrorCode::kIo);
}

TEST(Measure, CountsProgressOnce) {
  const core::Bytes bytes = pattern(5'000'000);
  std::size_t seen = 0;
  MeasureOptions counting = options({Hash::kSha256, Hash::kSm3}, 2);
  counting.advance = [&](std::size_t count) { seen += count; };
  ASSERT_TRUE(measure(feed_of(bytes, 65536), counting).has_value());
  EXPECT_EQ(seen, bytes.size());
}

// A digest that is slow must not be overtaken by more than the ring holds, nor lose a block.
TEST(HashPipeline, WaitsForTheSlowest) {
  struct Slow final : crypto::Hasher {
    explicit Slow(std::atomic<std::size_t>& count) : bytes(count) {}
    void update(core::ByteView view) override {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      bytes += view.size();
    }
    core::Bytes finish() override { return {}; }
    std::unique_ptr<Hasher> copy() const override { return std::make_unique<Slow>(bytes); }
    std::atomic<std::size_t>& bytes;
  };
  std::atomic<std::size_t> slow_bytes = 0;
  std::vector<std::unique_ptr<crypto::Hasher>> hashers;
  hashers.push_back(std::make_unique<Slow>(slow_bytes));
  hashers.push_back(crypto::openssl_hasher(Hash::kSha256));
  HashPipeline pipeline(std::move(hashers), 2);
  const core::Bytes bytes = pattern(30 * HashPipeline::kBlockBytes);
  std::size_t fed = 0;
  const os::Feed feed = feed_of(bytes, 1 << 20);
  ASSERT_TRUE(feed(pipeline).has_value());
  fed = bytes.size();
  EXPECT_GE(slow_bytes + HashPipeline::kBlocks * HashPipeline::kBlockBytes, fed);
  const auto digests = pipeline.finish();
  EXPECT_EQ(slow_bytes, bytes.size());
  EXPECT_EQ(digests[1], crypto::digest(Hash::kSha256, bytes));
}

}  // namespace
}  // namespace heyan::intake
