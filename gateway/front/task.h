// The coroutine type of the front. A task runs on the strand of its connection, never on two
// threads at once; what blocks goes to Workers.
//
// Rule (tests/lint/coroutines): co_await stands as a whole statement or as the whole right side of
// a declaration, without braces or lambdas in the expression. g++ 12 miscompiles the rest, and the
// rule keeps every suspension visible.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace heyan::front {

template <typename T>
using Task = boost::asio::awaitable<T>;

}  // namespace heyan::front
