#include "gateway/ops/metrics.h"

#include <gmock/gmock.h>

#include <thread>

namespace heyan::ops {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Metric kAsked{"t_asked_total", MetricKind::kCounter, "Questions"};
constexpr Metric kFull{"t_full_ratio", MetricKind::kGauge, "How full"};
constexpr Metric kTook{"t_took_seconds", MetricKind::kHistogram, "How long"};

TEST(MetricsText, IsThatOfTheFormat) {
  Metrics metrics;
  metrics.add(kAsked, {{"method", "GET"}, {"status", "200"}});
  metrics.add(kAsked, {{"method", "GET"}, {"status", "200"}}, 2);
  metrics.add(kAsked, {{"method", "POST"}, {"status", "404"}});
  metrics.set(kFull, {}, 0.25);
  metrics.set(kFull, {}, 0.5);
  EXPECT_EQ(metrics.text(),
            "# HELP t_asked_total Questions\n# TYPE t_asked_total counter\n"
            "t_asked_total{method=\"GET\",status=\"200\"} 3\n"
            "t_asked_total{method=\"POST\",status=\"404\"} 1\n"
            "# HELP t_full_ratio How full\n# TYPE t_full_ratio gauge\nt_full_ratio 0.5\n");
}

TEST(MetricsText, CountsEachTimeInEveryBucketThatHoldsIt) {
  Metrics metrics;
  metrics.observe(kTook, {{"a", "b"}}, 0.005);
  metrics.observe(kTook, {{"a", "b"}}, 0.3);
  metrics.observe(kTook, {{"a", "b"}}, 1000);
  const std::string text = metrics.text();
  EXPECT_THAT(text, HasSubstr("# TYPE t_took_seconds histogram\n"));
  EXPECT_THAT(text, HasSubstr("t_took_seconds_bucket{a=\"b\",le=\"0.005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("t_took_seconds_bucket{a=\"b\",le=\"0.25\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("t_took_seconds_bucket{a=\"b\",le=\"0.5\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("t_took_seconds_bucket{a=\"b\",le=\"600\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("t_took_seconds_bucket{a=\"b\",le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("t_took_seconds_sum{a=\"b\"} 1000.305\n"));
  EXPECT_THAT(text, HasSubstr("t_took_seconds_count{a=\"b\"} 3\n"));
}

TEST(MetricsText, HasNothingOfWhatNobodyKnows) {
  Metrics metrics;
  metrics.add(kAsked);
  metrics.unset(kFull);
  metrics.set(kFull, {{"of", "disk"}}, 0.25);
  metrics.set(kFull, {{"of", "memory"}}, 0.5);
  metrics.unset(kFull);
  EXPECT_EQ(metrics.text(),
            "# HELP t_asked_total Questions\n# TYPE t_asked_total counter\nt_asked_total 1\n");
  metrics.set(kFull, {{"of", "disk"}}, 0);
  EXPECT_THAT(metrics.text(), HasSubstr("\nt_full_ratio{of=\"disk\"} 0\n"));
  EXPECT_THAT(metrics.text(), Not(HasSubstr("memory")));
}

TEST(MetricsText, KeepsALabelOnItsLine) {
  Metrics metrics;
  metrics.add(kAsked, {{"x", "a\"} 1\nt_forged_total 5\\"}});
  EXPECT_THAT(metrics.text(), HasSubstr(R"(t_asked_total{x="a\"} 1\nt_forged_total 5\\"} 1)"));
  EXPECT_THAT(metrics.text(), Not(HasSubstr("\nt_forged_total")));
}

TEST(MetricsText, IsEmptyWhereNothingWasCounted) { EXPECT_EQ(Metrics().text(), ""); }

TEST(MetricsText, LosesNothingToThreads) {
  Metrics metrics;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 1000; ++j) metrics.add(kAsked);
      });
    }
  }
  EXPECT_THAT(metrics.text(), HasSubstr("t_asked_total 4000\n"));
}

}  // namespace
}  // namespace heyan::ops
