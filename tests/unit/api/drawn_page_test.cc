// Which page an address asks for, and what is said where there is none.
#include "gateway/api/drawn_page.h"

#include <gtest/gtest.h>

namespace heyan::api {
namespace {

// Page and width.
using Asked = std::pair<std::uint32_t, std::uint32_t>;

std::optional<Asked> asked(const std::string& query) {
  const auto ask = page_asked(http::parse_target("/p/name" + query).value());
  return ask ? std::optional(Asked(ask->page(), ask->width())) : std::nullopt;
}

TEST(PageAsked, IsTheFirstUnlessAnotherIs) {
  EXPECT_EQ(asked(""), Asked(1, 0));
  EXPECT_EQ(asked("?page=1"), Asked(1, 0));
  EXPECT_EQ(asked("?page=12"), Asked(12, 0));
  EXPECT_EQ(asked("?page=12&width=600"), Asked(12, 600));
  EXPECT_EQ(asked("?width=1&page=2"), Asked(2, 1));
  EXPECT_EQ(asked("?page=4294967295"), Asked(4'294'967'295u, 0));
}

TEST(PageAsked, IsOneNumberInOneForm) {
  for (const char* query :
       {"?page=", "?page=0", "?page=01", "?page=-1", "?page=+1", "?page=1.0", "?page=1x",
        "?page=%201", "?page=4294967296", "?page=1&other=2", "?other=1", "?pages=1", "?width=600",
        "?page=1&width=", "?page=1&width=0", "?page=1&width=-1", "?page=1&width=6e2",
        "?page=1&width=600&x=1"}) {
    EXPECT_EQ(asked(query), std::nullopt) << query;
  }
}

TEST(DrawFault, HasAWordOfItsOwn) {
  const auto code = [](v1::DrawFault fault) {
    const http::ProblemDocument document = problem_of(fault);
    EXPECT_EQ(document.problem, http::Problem::kUnsupportedMediaType);
    EXPECT_EQ(document.errors.size(), 1u);
    return document.errors.empty() ? std::string() : document.errors.front().code;
  };
  EXPECT_EQ(code(v1::DRAW_FAULT_UNREADABLE), "pdf-unreadable");
  EXPECT_EQ(code(v1::DRAW_FAULT_PASSWORD), "pdf-password");
  EXPECT_EQ(code(v1::DRAW_FAULT_LIMIT), "pdf-limit");
  EXPECT_EQ(problem_of(v1::DRAW_FAULT_NO_SUCH_PAGE).problem, http::Problem::kNotFound);
}

}  // namespace
}  // namespace heyan::api
