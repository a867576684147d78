// What stands for a pack that says nothing of what is asked of a contact and of a milestone, of which signs of illness
// are offered, and of which specimens are taken.

#include "engines/presence/diseases.h"

namespace luytre::presence {

const ContactQuestions& general_questions() {
  static const ContactQuestions all{
      {
          {"distanceUnder2m",
           {"Có lúc nào ở cách người khác dưới 2 mét không?", "Were you ever closer than 2 metres to others?"},
           {"Dưới 2 mét", "Under 2 metres"}},
          {"closedRoom",
           {"Ở trong phòng kín, hẹp, hoặc trên xe đóng cửa không?",
            "Was it a narrow closed room, or a vehicle with closed windows?"},
           {"Phòng kín", "Closed room"}},
          {"masks",
           {"Khi đó mọi người có đeo khẩu trang suốt không?", "Did everybody wear a mask all the time?"},
           {"Khẩu trang", "Masks"}},
          {"touched",
           {"Có bắt tay, ôm, chăm sóc hoặc ăn uống chung với ai không?",
            "Did you shake hands, hug, care for or eat together with anybody?"},
           {"Chạm trực tiếp", "Direct touch"}},
      },
      make_date(1900, 1, 1),
      {},
      "This project's own general questions: the disease's file says nothing of them"};
  return all;
}

const MilestoneQuestions& general_milestone_questions() {
  static const MilestoneQuestions all{
      {
          {"masks",
           {"Người bệnh có đeo khẩu trang suốt không?", "Did the person wear a mask all the time?"},
           {"Khẩu trang", "Mask"}},
          {"near",
           {"Có ở cách người khác dưới 2 mét, hoặc trong phòng kín, hẹp không?",
            "Were they within 2 metres of others, or in a narrow closed room?"},
           {"Dưới 2 mét hoặc phòng kín", "Under 2 metres, or a closed room"}},
      },
      make_date(1900, 1, 1),
      {},
      "This project's own general questions: the disease's file says nothing of them"};
  return all;
}

const FollowUpSigns& general_signs() {
  static const FollowUpSigns all{{
                                     {"fever", {"Sốt", "Fever"}},
                                     {"cough", {"Ho", "Cough"}},
                                     {"breath", {"Khó thở", "Difficulty breathing"}},
                                     {"throat", {"Đau họng", "Sore throat"}},
                                     {"aches", {"Đau mỏi người", "Aches"}},
                                     {"diarrhoea", {"Tiêu chảy", "Diarrhoea"}},
                                     {"vomiting", {"Nôn", "Vomiting"}},
                                     {"rash", {"Phát ban", "Rash"}},
                                 },
                                 make_date(1900, 1, 1),
                                 {},
                                 "This project's own general list: the disease's file says nothing of them"};
  return all;
}

const Specimens& general_specimens() {
  static const Specimens all{{
                                 {"nasopharyngeal", {"Dịch tỵ hầu", "Nasopharyngeal swab"}},
                                 {"oropharyngeal", {"Dịch họng", "Throat swab"}},
                                 {"saliva", {"Nước bọt", "Saliva"}},
                                 {"blood", {"Máu", "Blood"}},
                                 {"stool", {"Phân", "Stool"}},
                             },
                             make_date(1900, 1, 1),
                             {},
                             "This project's own general list: the disease's file says nothing of them"};
  return all;
}

}  // namespace luytre::presence
