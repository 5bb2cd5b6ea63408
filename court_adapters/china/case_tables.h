// The words of case numbers: court characters and types of cases. Data: a court that meets another
// type adds it here.
//
// Source: 法〔2015〕137号 as amended by 法〔2018〕335号. The list of types is not complete; a type
// that is missing here is a warning, never an error.
#pragma once

#include <array>
#include <string_view>

namespace heyan::court_adapters::china {

inline constexpr std::string_view kSupremeCourt = "最高法";

// One for each province, of military courts (军) and of the Xinjiang Production Corps (兵).
inline constexpr std::array<std::string_view, 33> kCourtCharacters = {
    "京", "津", "冀", "晋", "内", "辽", "吉", "黑", "沪", "苏", "浙",
    "皖", "闽", "赣", "鲁", "豫", "鄂", "湘", "粤", "桂", "琼", "渝",
    "川", "黔", "云", "藏", "陕", "甘", "青", "宁", "新", "军", "兵"};

// Between court and type: cases of specialised courts (2018).
inline constexpr std::array<std::string_view, 1> kSpecialCharacters = {"知"};

inline constexpr std::string_view kRandomlyNumbered = "刑核";  // eight digits, zeros first allowed

inline constexpr auto kCaseTypes = std::to_array<std::string_view>({
    "刑初",   "刑终",   "刑核",   "刑申",   "刑抗",   "刑再",   "刑监", "刑更", "刑医",   "刑没",
    "刑辖",   "民初",   "民终",   "民监",   "民申",   "民抗",   "民再", "民撤", "民特",   "民特监",
    "民催",   "民督",   "民辖",   "民辖终", "民辖监", "行初",   "行终", "行监", "行申",   "行抗",
    "行再",   "行审",   "行审复", "行辖",   "行赔初", "行赔终", "法赔", "委赔", "委赔监", "委赔再",
    "司救刑", "司救民", "司救行", "司救执", "司救他", "执",     "执恢", "执保", "执异",   "执复",
    "执监",   "执协",   "执他",   "财保",   "行保",   "证保",   "破申", "破",   "破终",   "强清",
    "清申",   "认台",   "认港",   "认澳",   "司惩",   "司惩复",
});

}  // namespace heyan::court_adapters::china
