// Vietnamese names for invented people, each part about as often as in the country: the common ones stand here twice or
// thrice.

#pragma once

#include <array>
#include <random>
#include <string>

namespace luytre::bench {

inline constexpr std::array kFamilies{"Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần",  "Lê", "Lê",
                                      "Phạm",   "Hoàng",  "Huỳnh",  "Phan", "Vũ",    "Võ", "Đặng",
                                      "Bùi",    "Đỗ",     "Hồ",     "Ngô",  "Dương", "Lý"};
inline constexpr std::array kMiddles{"Văn",  "Thị",   "Văn", "Thị",   "Đức", "Minh",
                                     "Ngọc", "Thanh", "Hữu", "Quang", "Thu", "Kim"};
inline constexpr std::array kGiven{
    "An",    "Anh",    "Bảo",  "Bình",  "Châu", "Chi",  "Cường", "Dung",  "Dũng", "Duy",   "Giang", "Hà",
    "Hải",   "Hạnh",   "Hiền", "Hiếu",  "Hòa",  "Hoa",  "Hùng",  "Hương", "Huy",  "Khánh", "Khoa",  "Lan",
    "Liên",  "Linh",   "Loan", "Long",  "Mai",  "Mạnh", "Mỹ",    "Nam",   "Nga",  "Nhung", "Oanh",  "Phong",
    "Phúc",  "Phương", "Quân", "Quỳnh", "Sơn",  "Tâm",  "Thảo",  "Thắng", "Thủy", "Tiến",  "Toàn",  "Trang",
    "Trung", "Tú",     "Tuấn", "Tuyết", "Uyên", "Vân",  "Việt",  "Vinh",  "Xuân", "Yến",   "Đạt",   "Ánh"};

template <class Words, class Random>
std::string any_of(const Words& words, Random& random) {
  return words[std::uniform_int_distribution<std::size_t>(0, words.size() - 1)(random)];
}

template <class Random>
std::string any_name(Random& random) {
  const std::string family = any_of(kFamilies, random), middle = any_of(kMiddles, random);
  return family + ' ' + middle + ' ' + any_of(kGiven, random);
}

}  // namespace luytre::bench
