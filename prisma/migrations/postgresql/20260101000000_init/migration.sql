-- CreateTable
CREATE TABLE "Account" (
    "id" SERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "leaseHolder" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "login" TEXT,
    "identities" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Group" (
    "id" SERIAL NOT NULL,
    "accountId" INTEGER NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMP(3) NOT NULL,
    "leftAt" TIMESTAMP(3),
    "unmatchedAt" TIMESTAMP(3),
    "ownerId" INTEGER,
    "ownerSaid" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupAlias" (
    "accountId" INTEGER NOT NULL,
    "externalId" TEXT NOT NULL,
    "groupId" INTEGER NOT NULL,
    "login" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "GroupAlias_pkey" PRIMARY KEY ("accountId","externalId")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" SERIAL NOT NULL,
    "accountId" INTEGER NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "bot" BOOLEAN NOT NULL DEFAULT false,
    "mark" TEXT,
    "recallHash" TEXT,
    "byName" INTEGER NOT NULL DEFAULT 0,
    "asideOfId" INTEGER,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PersonAlias" (
    "accountId" INTEGER NOT NULL,
    "externalId" TEXT NOT NULL,
    "personId" INTEGER NOT NULL,
    "login" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "PersonAlias_pkey" PRIMARY KEY ("accountId","externalId")
);

-- CreateTable
CREATE TABLE "Member" (
    "groupId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "joinedAt" TIMESTAMP(3),
    "leftAt" TIMESTAMP(3),

    CONSTRAINT "Member_pkey" PRIMARY KEY ("groupId","personId")
);

-- CreateTable
CREATE TABLE "GroupCount" (
    "groupId" INTEGER NOT NULL,
    "cadreId" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "roster" INTEGER NOT NULL,
    "met" INTEGER NOT NULL,
    "held1" INTEGER NOT NULL,
    "held2" INTEGER NOT NULL,
    "held3" INTEGER NOT NULL,
    "held4" INTEGER NOT NULL,

    CONSTRAINT "GroupCount_pkey" PRIMARY KEY ("groupId")
);

-- CreateTable
CREATE TABLE "DeedDigest" (
    "cadreId" INTEGER NOT NULL,
    "since" INTEGER NOT NULL,
    "coding" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "deeds" TEXT NOT NULL,

    CONSTRAINT "DeedDigest_pkey" PRIMARY KEY ("cadreId")
);

-- CreateTable
CREATE TABLE "Unit" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" INTEGER,
    "profile" TEXT,
    "profileSince" INTEGER,
    "manyYouths" BOOLEAN,
    "evidence" TEXT,

    CONSTRAINT "Unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Adjustment" (
    "unitId" INTEGER NOT NULL,
    "requirement" TEXT NOT NULL,
    "quarter" TEXT NOT NULL DEFAULT '',
    "body" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Adjustment_pkey" PRIMARY KEY ("unitId","requirement","quarter")
);

-- CreateTable
CREATE TABLE "Semester" (
    "unitId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "fromDay" INTEGER NOT NULL,
    "toDay" INTEGER NOT NULL,

    CONSTRAINT "Semester_pkey" PRIMARY KEY ("unitId","key")
);

-- CreateTable
CREATE TABLE "Cadre" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "unitId" INTEGER NOT NULL,
    "personId" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "identityAt" TIMESTAMP(3),
    "kind" TEXT NOT NULL DEFAULT 'full_time',
    "branch" TEXT NOT NULL DEFAULT '',
    "club" TEXT NOT NULL DEFAULT '',
    "organ" BOOLEAN NOT NULL DEFAULT false,
    "exempt" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Cadre_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Administrator" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "unitId" INTEGER NOT NULL,
    "personId" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Administrator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Operator" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "personId" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Operator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BindingCode" (
    "id" SERIAL NOT NULL,
    "cadreId" INTEGER,
    "administratorId" INTEGER,
    "operatorId" INTEGER,
    "hash" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "BindingCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CodeAttempt" (
    "personId" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CodeAttempt_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "Binding" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "cadreId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "eventKey" TEXT NOT NULL,

    CONSTRAINT "Binding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Presence" (
    "groupId" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "slots" BIGINT NOT NULL,

    CONSTRAINT "Presence_pkey" PRIMARY KEY ("groupId","day","personId")
);

-- CreateTable
CREATE TABLE "Address" (
    "groupId" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "fromId" INTEGER NOT NULL,
    "toId" INTEGER NOT NULL,

    CONSTRAINT "Address_pkey" PRIMARY KEY ("groupId","day","fromId","toId")
);

-- CreateTable
CREATE TABLE "TopicMark" (
    "groupId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "TopicMark_pkey" PRIMARY KEY ("groupId","key","personId","at")
);

-- CreateTable
CREATE TABLE "Listening" (
    "id" SERIAL NOT NULL,
    "accountId" INTEGER NOT NULL,
    "groupId" INTEGER,
    "fromMs" BIGINT NOT NULL,
    "untilMs" BIGINT NOT NULL,

    CONSTRAINT "Listening_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FoldedDay" (
    "groupId" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "voice" BOOLEAN NOT NULL,
    "active" INTEGER NOT NULL,
    "covered" INTEGER NOT NULL,
    "complete" BOOLEAN NOT NULL,

    CONSTRAINT "FoldedDay_pkey" PRIMARY KEY ("groupId","day")
);

-- CreateTable
CREATE TABLE "FoldedWeek" (
    "groupId" INTEGER NOT NULL,
    "week" INTEGER NOT NULL,
    "exchange" INTEGER NOT NULL,

    CONSTRAINT "FoldedWeek_pkey" PRIMARY KEY ("groupId","week")
);

-- CreateTable
CREATE TABLE "Inbox" (
    "id" SERIAL NOT NULL,
    "accountId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "body" TEXT,
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "doneAt" TIMESTAMP(3),
    "fault" TEXT,

    CONSTRAINT "Inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" SERIAL NOT NULL,
    "accountId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "groupId" INTEGER,
    "personId" INTEGER,
    "sealed" TEXT,
    "body" TEXT,
    "quote" TEXT,
    "updates" TEXT,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "notBefore" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3),
    "unsureSince" TIMESTAMP(3),
    "settledAt" TIMESTAMP(3),
    "messageId" TEXT,
    "topicId" INTEGER,
    "fault" TEXT,

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Topic" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "libraryId" TEXT,
    "openedAt" TIMESTAMP(3) NOT NULL,
    "closesAt" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),
    "messageId" TEXT,
    "clear" INTEGER,
    "inferred" INTEGER,
    "followUp" TEXT,
    "source" TEXT,

    CONSTRAINT "Topic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlannedTopic" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "libraryId" TEXT,
    "followUp" TEXT,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PlannedTopic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShelfPiece" (
    "id" SERIAL NOT NULL,
    "unitId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "url" TEXT,
    "fileName" TEXT,
    "file" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "removedAt" TIMESTAMP(3),

    CONSTRAINT "ShelfPiece_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Push" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT,
    "pieceId" INTEGER,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Push_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeptCard" (
    "key" TEXT NOT NULL,
    "groupId" INTEGER NOT NULL,
    "shows" TEXT NOT NULL,
    "postedAt" TIMESTAMP(3) NOT NULL,
    "changed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "KeptCard_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "ModelTask" (
    "id" SERIAL NOT NULL,
    "accountId" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "personId" INTEGER NOT NULL,
    "groupId" INTEGER,
    "body" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "doneAt" TIMESTAMP(3),

    CONSTRAINT "ModelTask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModelUse" (
    "day" INTEGER NOT NULL,
    "tokens" INTEGER NOT NULL,
    "calls" INTEGER NOT NULL,

    CONSTRAINT "ModelUse_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "Demand" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "askerId" INTEGER,
    "address" TEXT,
    "ticket" TEXT,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMP(3) NOT NULL,
    "acceptedAt" TIMESTAMP(3),
    "answeredAt" TIMESTAMP(3),
    "closedAt" TIMESTAMP(3),
    "reply" TEXT,
    "kind" TEXT,
    "field" TEXT,
    "consent" TEXT,
    "mergedInto" INTEGER,
    "publicNote" TEXT,

    CONSTRAINT "Demand_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DemandSupport" (
    "demandId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,

    CONSTRAINT "DemandSupport_pkey" PRIMARY KEY ("demandId","personId")
);

-- CreateTable
CREATE TABLE "DemandPhoto" (
    "file" TEXT NOT NULL,
    "demandId" INTEGER NOT NULL,
    "addedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DemandPhoto_pkey" PRIMARY KEY ("file")
);

-- CreateTable
CREATE TABLE "SealedSlip" (
    "ticket" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SealedSlip_pkey" PRIMARY KEY ("ticket")
);

-- CreateTable
CREATE TABLE "DayCount" (
    "name" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "DayCount_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "FormerPerson" (
    "id" INTEGER NOT NULL,
    "byName" INTEGER NOT NULL DEFAULT 0,
    "personId" INTEGER NOT NULL,
    "toByName" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "FormerPerson_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Wish" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "wisherId" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "named" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "claimerId" INTEGER,
    "claimedAt" TIMESTAMP(3),
    "introduction" TEXT,
    "words" TEXT,
    "photo" TEXT,
    "thanks" TEXT,
    "closedAt" TIMESTAMP(3),
    "deedId" INTEGER,

    CONSTRAINT "Wish_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Help" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "ownerId" INTEGER NOT NULL,
    "direction" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Help_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HelpContact" (
    "helpId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "askedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "HelpContact_pkey" PRIMARY KEY ("helpId","personId")
);

-- CreateTable
CREATE TABLE "Inquiry" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "askerId" INTEGER,
    "inGroup" BOOLEAN NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMP(3) NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMP(3),
    "faq" TEXT,

    CONSTRAINT "Inquiry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProblemReport" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "cadreId" INTEGER NOT NULL,
    "quarter" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "body" TEXT NOT NULL,
    "deedId" INTEGER,

    CONSTRAINT "ProblemReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Activity" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "place" TEXT NOT NULL DEFAULT '',
    "startsAt" TIMESTAMP(3) NOT NULL,
    "endsAt" TIMESTAMP(3) NOT NULL,
    "offline" BOOLEAN NOT NULL DEFAULT true,
    "kind" TEXT NOT NULL DEFAULT 'exchange',
    "capacity" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),
    "note" TEXT,
    "source" TEXT,

    CONSTRAINT "Activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckIn" (
    "activityId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "ticked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "CheckIn_pkey" PRIMARY KEY ("activityId","personId")
);

-- CreateTable
CREATE TABLE "Survey" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "anonymous" BOOLEAN NOT NULL DEFAULT true,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "createdAt" TIMESTAMP(3) NOT NULL,
    "openedAt" TIMESTAMP(3),
    "closesAt" TIMESTAMP(3),
    "closedAt" TIMESTAMP(3),
    "youths" INTEGER,
    "evaluates" BOOLEAN NOT NULL DEFAULT false,
    "semester" TEXT,
    "cadreId" INTEGER,
    "marks" INTEGER,
    "markSum" INTEGER,

    CONSTRAINT "Survey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SurveyAnswer" (
    "surveyId" INTEGER NOT NULL,
    "respondent" TEXT NOT NULL,
    "answers" TEXT NOT NULL,
    "heldBy" TEXT,

    CONSTRAINT "SurveyAnswer_pkey" PRIMARY KEY ("surveyId","respondent")
);

-- CreateTable
CREATE TABLE "SignUp" (
    "activityId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SignUp_pkey" PRIMARY KEY ("activityId","personId")
);

-- CreateTable
CREATE TABLE "Deed" (
    "id" SERIAL NOT NULL,
    "cadreId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "at" BIGINT,
    "partner" TEXT NOT NULL DEFAULT '',
    "topic" TEXT NOT NULL DEFAULT '',
    "participants" INTEGER,
    "grade" TEXT NOT NULL DEFAULT 'stated',
    "messages" BOOLEAN NOT NULL DEFAULT false,
    "withBranch" BOOLEAN NOT NULL DEFAULT false,
    "withClub" BOOLEAN NOT NULL DEFAULT false,
    "reflection" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "withdrawnAt" TIMESTAMP(3),
    "codeHash" TEXT,
    "codeUntil" TIMESTAMP(3),
    "activityId" INTEGER,

    CONSTRAINT "Deed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pairing" (
    "id" SERIAL NOT NULL,
    "cadreId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "since" INTEGER NOT NULL,
    "lastOn" INTEGER,
    "times" INTEGER NOT NULL DEFAULT 0,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Pairing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FirstStep" (
    "cadreId" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,

    CONSTRAINT "FirstStep_pkey" PRIMARY KEY ("cadreId","step")
);

-- CreateTable
CREATE TABLE "ReminderSetting" (
    "personId" INTEGER NOT NULL,
    "minute" INTEGER,
    "weekly" INTEGER,

    CONSTRAINT "ReminderSetting_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "DeedPhoto" (
    "file" TEXT NOT NULL,
    "deedId" INTEGER NOT NULL,
    "addedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DeedPhoto_pkey" PRIMARY KEY ("file")
);

-- CreateTable
CREATE TABLE "DeedConfirmation" (
    "deedId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DeedConfirmation_pkey" PRIMARY KEY ("deedId","personId")
);

-- CreateTable
CREATE TABLE "Reminder" (
    "key" TEXT NOT NULL,
    "cadreId" INTEGER,
    "administratorId" INTEGER,
    "groupId" INTEGER NOT NULL,
    "requirement" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Mute" (
    "id" SERIAL NOT NULL,
    "cadreId" INTEGER,
    "administratorId" INTEGER,
    "requirement" TEXT NOT NULL,
    "until" TIMESTAMP(3),

    CONSTRAINT "Mute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Confirmation" (
    "personId" INTEGER NOT NULL,
    "chat" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Confirmation_pkey" PRIMARY KEY ("personId","chat")
);

-- CreateTable
CREATE TABLE "JobRun" (
    "name" TEXT NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "ranAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "JobRun_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Audit" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "Audit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Account_platform_name_key" ON "Account"("platform", "name");

-- CreateIndex
CREATE INDEX "GroupAlias_groupId_idx" ON "GroupAlias"("groupId");

-- CreateIndex
CREATE UNIQUE INDEX "Person_recallHash_key" ON "Person"("recallHash");

-- CreateIndex
CREATE INDEX "Person_bot_idx" ON "Person"("bot");

-- CreateIndex
CREATE INDEX "Person_asideOfId_idx" ON "Person"("asideOfId");

-- CreateIndex
CREATE INDEX "PersonAlias_personId_idx" ON "PersonAlias"("personId");

-- CreateIndex
CREATE INDEX "Member_personId_idx" ON "Member"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Unit_name_key" ON "Unit"("name");

-- CreateIndex
CREATE INDEX "Unit_parentId_idx" ON "Unit"("parentId");

-- CreateIndex
CREATE UNIQUE INDEX "Cadre_personId_key" ON "Cadre"("personId");

-- CreateIndex
CREATE INDEX "Cadre_unitId_idx" ON "Cadre"("unitId");

-- CreateIndex
CREATE UNIQUE INDEX "Administrator_personId_key" ON "Administrator"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Administrator_unitId_name_key" ON "Administrator"("unitId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Operator_name_key" ON "Operator"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Operator_personId_key" ON "Operator"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "BindingCode_hash_key" ON "BindingCode"("hash");

-- CreateIndex
CREATE INDEX "BindingCode_cadreId_idx" ON "BindingCode"("cadreId");

-- CreateIndex
CREATE INDEX "BindingCode_administratorId_idx" ON "BindingCode"("administratorId");

-- CreateIndex
CREATE INDEX "BindingCode_operatorId_idx" ON "BindingCode"("operatorId");

-- CreateIndex
CREATE INDEX "Binding_cadreId_idx" ON "Binding"("cadreId");

-- CreateIndex
CREATE UNIQUE INDEX "Binding_groupId_eventKey_key" ON "Binding"("groupId", "eventKey");

-- CreateIndex
CREATE INDEX "TopicMark_at_idx" ON "TopicMark"("at");

-- CreateIndex
CREATE INDEX "Listening_accountId_untilMs_idx" ON "Listening"("accountId", "untilMs");

-- CreateIndex
CREATE INDEX "Inbox_accountId_doneAt_id_idx" ON "Inbox"("accountId", "doneAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Inbox_accountId_key_key" ON "Inbox"("accountId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Outbox_key_key" ON "Outbox"("key");

-- CreateIndex
CREATE INDEX "Outbox_accountId_state_id_idx" ON "Outbox"("accountId", "state", "id");

-- CreateIndex
CREATE INDEX "Topic_closedAt_closesAt_idx" ON "Topic"("closedAt", "closesAt");

-- CreateIndex
CREATE UNIQUE INDEX "Topic_groupId_number_key" ON "Topic"("groupId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Topic_groupId_source_key" ON "Topic"("groupId", "source");

-- CreateIndex
CREATE INDEX "PlannedTopic_at_idx" ON "PlannedTopic"("at");

-- CreateIndex
CREATE INDEX "ShelfPiece_unitId_idx" ON "ShelfPiece"("unitId");

-- CreateIndex
CREATE INDEX "Push_groupId_at_idx" ON "Push"("groupId", "at");

-- CreateIndex
CREATE INDEX "KeptCard_groupId_shows_idx" ON "KeptCard"("groupId", "shows");

-- CreateIndex
CREATE INDEX "ModelTask_accountId_doneAt_idx" ON "ModelTask"("accountId", "doneAt");

-- CreateIndex
CREATE UNIQUE INDEX "Demand_ticket_key" ON "Demand"("ticket");

-- CreateIndex
CREATE INDEX "Demand_askerId_idx" ON "Demand"("askerId");

-- CreateIndex
CREATE INDEX "Demand_state_idx" ON "Demand"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Demand_groupId_number_key" ON "Demand"("groupId", "number");

-- CreateIndex
CREATE INDEX "DemandSupport_personId_idx" ON "DemandSupport"("personId");

-- CreateIndex
CREATE INDEX "DemandPhoto_demandId_idx" ON "DemandPhoto"("demandId");

-- CreateIndex
CREATE INDEX "SealedSlip_dueAt_idx" ON "SealedSlip"("dueAt");

-- CreateIndex
CREATE INDEX "FormerPerson_personId_idx" ON "FormerPerson"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Wish_deedId_key" ON "Wish"("deedId");

-- CreateIndex
CREATE INDEX "Wish_wisherId_idx" ON "Wish"("wisherId");

-- CreateIndex
CREATE INDEX "Wish_claimerId_idx" ON "Wish"("claimerId");

-- CreateIndex
CREATE INDEX "Wish_state_idx" ON "Wish"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Wish_groupId_number_key" ON "Wish"("groupId", "number");

-- CreateIndex
CREATE INDEX "Help_ownerId_idx" ON "Help"("ownerId");

-- CreateIndex
CREATE INDEX "Help_state_idx" ON "Help"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Help_groupId_number_key" ON "Help"("groupId", "number");

-- CreateIndex
CREATE INDEX "HelpContact_personId_idx" ON "HelpContact"("personId");

-- CreateIndex
CREATE INDEX "HelpContact_state_idx" ON "HelpContact"("state");

-- CreateIndex
CREATE INDEX "Inquiry_askerId_idx" ON "Inquiry"("askerId");

-- CreateIndex
CREATE INDEX "Inquiry_state_idx" ON "Inquiry"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Inquiry_groupId_number_key" ON "Inquiry"("groupId", "number");

-- CreateIndex
CREATE INDEX "ProblemReport_cadreId_idx" ON "ProblemReport"("cadreId");

-- CreateIndex
CREATE INDEX "ProblemReport_deedId_idx" ON "ProblemReport"("deedId");

-- CreateIndex
CREATE UNIQUE INDEX "ProblemReport_groupId_quarter_key" ON "ProblemReport"("groupId", "quarter");

-- CreateIndex
CREATE UNIQUE INDEX "Activity_groupId_number_key" ON "Activity"("groupId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Activity_groupId_source_key" ON "Activity"("groupId", "source");

-- CreateIndex
CREATE INDEX "CheckIn_personId_idx" ON "CheckIn"("personId");

-- CreateIndex
CREATE INDEX "Survey_state_closesAt_idx" ON "Survey"("state", "closesAt");

-- CreateIndex
CREATE UNIQUE INDEX "Survey_groupId_number_key" ON "Survey"("groupId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Survey_groupId_semester_key" ON "Survey"("groupId", "semester");

-- CreateIndex
CREATE INDEX "SignUp_personId_idx" ON "SignUp"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Deed_codeHash_key" ON "Deed"("codeHash");

-- CreateIndex
CREATE UNIQUE INDEX "Deed_activityId_key" ON "Deed"("activityId");

-- CreateIndex
CREATE INDEX "Deed_counted" ON "Deed"("cadreId", "day", "kind", "grade", "participants", "withBranch", "withClub", "withdrawnAt");

-- CreateIndex
CREATE UNIQUE INDEX "Deed_cadreId_number_key" ON "Deed"("cadreId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Pairing_cadreId_number_key" ON "Pairing"("cadreId", "number");

-- CreateIndex
CREATE INDEX "DeedPhoto_deedId_idx" ON "DeedPhoto"("deedId");

-- CreateIndex
CREATE INDEX "DeedConfirmation_personId_idx" ON "DeedConfirmation"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Mute_cadreId_requirement_key" ON "Mute"("cadreId", "requirement");

-- CreateIndex
CREATE UNIQUE INDEX "Mute_administratorId_requirement_key" ON "Mute"("administratorId", "requirement");

-- AddForeignKey
ALTER TABLE "Group" ADD CONSTRAINT "Group_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupAlias" ADD CONSTRAINT "GroupAlias_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonAlias" ADD CONSTRAINT "PersonAlias_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Unit" ADD CONSTRAINT "Unit_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Adjustment" ADD CONSTRAINT "Adjustment_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Semester" ADD CONSTRAINT "Semester_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Cadre" ADD CONSTRAINT "Cadre_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Cadre" ADD CONSTRAINT "Cadre_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Administrator" ADD CONSTRAINT "Administrator_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Administrator" ADD CONSTRAINT "Administrator_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Operator" ADD CONSTRAINT "Operator_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BindingCode" ADD CONSTRAINT "BindingCode_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BindingCode" ADD CONSTRAINT "BindingCode_administratorId_fkey" FOREIGN KEY ("administratorId") REFERENCES "Administrator"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BindingCode" ADD CONSTRAINT "BindingCode_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Binding" ADD CONSTRAINT "Binding_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Binding" ADD CONSTRAINT "Binding_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Listening" ADD CONSTRAINT "Listening_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Inbox" ADD CONSTRAINT "Inbox_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Outbox" ADD CONSTRAINT "Outbox_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Topic" ADD CONSTRAINT "Topic_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlannedTopic" ADD CONSTRAINT "PlannedTopic_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShelfPiece" ADD CONSTRAINT "ShelfPiece_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Push" ADD CONSTRAINT "Push_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelTask" ADD CONSTRAINT "ModelTask_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Demand" ADD CONSTRAINT "Demand_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DemandSupport" ADD CONSTRAINT "DemandSupport_demandId_fkey" FOREIGN KEY ("demandId") REFERENCES "Demand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DemandPhoto" ADD CONSTRAINT "DemandPhoto_demandId_fkey" FOREIGN KEY ("demandId") REFERENCES "Demand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Wish" ADD CONSTRAINT "Wish_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Wish" ADD CONSTRAINT "Wish_deedId_fkey" FOREIGN KEY ("deedId") REFERENCES "Deed"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Help" ADD CONSTRAINT "Help_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HelpContact" ADD CONSTRAINT "HelpContact_helpId_fkey" FOREIGN KEY ("helpId") REFERENCES "Help"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Inquiry" ADD CONSTRAINT "Inquiry_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProblemReport" ADD CONSTRAINT "ProblemReport_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProblemReport" ADD CONSTRAINT "ProblemReport_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProblemReport" ADD CONSTRAINT "ProblemReport_deedId_fkey" FOREIGN KEY ("deedId") REFERENCES "Deed"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckIn" ADD CONSTRAINT "CheckIn_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Survey" ADD CONSTRAINT "Survey_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyAnswer" ADD CONSTRAINT "SurveyAnswer_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignUp" ADD CONSTRAINT "SignUp_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deed" ADD CONSTRAINT "Deed_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deed" ADD CONSTRAINT "Deed_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FirstStep" ADD CONSTRAINT "FirstStep_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeedPhoto" ADD CONSTRAINT "DeedPhoto_deedId_fkey" FOREIGN KEY ("deedId") REFERENCES "Deed"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeedConfirmation" ADD CONSTRAINT "DeedConfirmation_deedId_fkey" FOREIGN KEY ("deedId") REFERENCES "Deed"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeedConfirmation" ADD CONSTRAINT "DeedConfirmation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mute" ADD CONSTRAINT "Mute_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mute" ADD CONSTRAINT "Mute_administratorId_fkey" FOREIGN KEY ("administratorId") REFERENCES "Administrator"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Revisions of groups and cadres (prisma/tools/recount-triggers.ts)

CREATE FUNCTION "Member_insert_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."groupId");
  RETURN NULL;
END $$;
CREATE TRIGGER "Member_insert_recount" AFTER INSERT ON "Member" FOR EACH ROW EXECUTE FUNCTION "Member_insert_recount"();

CREATE FUNCTION "Member_update_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."groupId");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."groupId");
  RETURN NULL;
END $$;
CREATE TRIGGER "Member_update_recount" AFTER UPDATE OF "groupId", "personId", "leftAt" ON "Member" FOR EACH ROW EXECUTE FUNCTION "Member_update_recount"();

CREATE FUNCTION "Member_delete_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."groupId");
  RETURN NULL;
END $$;
CREATE TRIGGER "Member_delete_recount" AFTER DELETE ON "Member" FOR EACH ROW EXECUTE FUNCTION "Member_delete_recount"();

CREATE FUNCTION "Person_update_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  PERFORM 1 FROM "Person" WHERE "id" = OLD."id" FOR UPDATE;
  PERFORM 1 FROM "Person" WHERE "id" = NEW."id" FOR UPDATE;
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Member" WHERE "personId" = OLD."id");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Member" WHERE "personId" = NEW."id");
  RETURN NULL;
END $$;
CREATE TRIGGER "Person_update_recount" AFTER UPDATE OF "bot" ON "Person" FOR EACH ROW EXECUTE FUNCTION "Person_update_recount"();

CREATE FUNCTION "Activity_update_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."groupId");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."groupId");
  RETURN NULL;
END $$;
CREATE TRIGGER "Activity_update_recount" AFTER UPDATE OF "groupId", "offline", "startsAt", "closedAt", "note" ON "Activity" FOR EACH ROW EXECUTE FUNCTION "Activity_update_recount"();

CREATE FUNCTION "CheckIn_insert_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  PERFORM 1 FROM "Activity" WHERE "id" = NEW."activityId" FOR KEY SHARE;
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Activity" WHERE "id" = NEW."activityId");
  RETURN NULL;
END $$;
CREATE TRIGGER "CheckIn_insert_recount" AFTER INSERT ON "CheckIn" FOR EACH ROW EXECUTE FUNCTION "CheckIn_insert_recount"();

CREATE FUNCTION "CheckIn_update_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  PERFORM 1 FROM "Activity" WHERE "id" = OLD."activityId" FOR KEY SHARE;
  PERFORM 1 FROM "Activity" WHERE "id" = NEW."activityId" FOR KEY SHARE;
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Activity" WHERE "id" = OLD."activityId");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Activity" WHERE "id" = NEW."activityId");
  RETURN NULL;
END $$;
CREATE TRIGGER "CheckIn_update_recount" AFTER UPDATE OF "activityId", "personId", "at" ON "CheckIn" FOR EACH ROW EXECUTE FUNCTION "CheckIn_update_recount"();

CREATE FUNCTION "CheckIn_delete_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  PERFORM 1 FROM "Activity" WHERE "id" = OLD."activityId" FOR KEY SHARE;
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Activity" WHERE "id" = OLD."activityId");
  RETURN NULL;
END $$;
CREATE TRIGGER "CheckIn_delete_recount" AFTER DELETE ON "CheckIn" FOR EACH ROW EXECUTE FUNCTION "CheckIn_delete_recount"();

CREATE FUNCTION "Deed_update_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  PERFORM 1 FROM "Cadre" WHERE "id" = OLD."cadreId" FOR UPDATE;
  PERFORM 1 FROM "Cadre" WHERE "id" = NEW."cadreId" FOR UPDATE;
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = OLD."cadreId");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = NEW."cadreId");
  RETURN NULL;
END $$;
CREATE TRIGGER "Deed_update_recount" AFTER UPDATE OF "cadreId", "kind", "day", "withdrawnAt" ON "Deed" FOR EACH ROW EXECUTE FUNCTION "Deed_update_recount"();

CREATE FUNCTION "DeedConfirmation_insert_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  PERFORM 1 FROM "Cadre" WHERE "id" = (SELECT "cadreId" FROM "Deed" WHERE "id" = NEW."deedId") FOR UPDATE;
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = (SELECT "cadreId" FROM "Deed" WHERE "id" = NEW."deedId"));
  RETURN NULL;
END $$;
CREATE TRIGGER "DeedConfirmation_insert_recount" AFTER INSERT ON "DeedConfirmation" FOR EACH ROW EXECUTE FUNCTION "DeedConfirmation_insert_recount"();

CREATE FUNCTION "DeedConfirmation_update_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  PERFORM 1 FROM "Cadre" WHERE "id" = (SELECT "cadreId" FROM "Deed" WHERE "id" = OLD."deedId") FOR UPDATE;
  PERFORM 1 FROM "Cadre" WHERE "id" = (SELECT "cadreId" FROM "Deed" WHERE "id" = NEW."deedId") FOR UPDATE;
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = (SELECT "cadreId" FROM "Deed" WHERE "id" = OLD."deedId"));
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = (SELECT "cadreId" FROM "Deed" WHERE "id" = NEW."deedId"));
  RETURN NULL;
END $$;
CREATE TRIGGER "DeedConfirmation_update_recount" AFTER UPDATE OF "deedId", "personId" ON "DeedConfirmation" FOR EACH ROW EXECUTE FUNCTION "DeedConfirmation_update_recount"();

CREATE FUNCTION "DeedConfirmation_delete_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  PERFORM 1 FROM "Cadre" WHERE "id" = (SELECT "cadreId" FROM "Deed" WHERE "id" = OLD."deedId") FOR UPDATE;
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = (SELECT "cadreId" FROM "Deed" WHERE "id" = OLD."deedId"));
  RETURN NULL;
END $$;
CREATE TRIGGER "DeedConfirmation_delete_recount" AFTER DELETE ON "DeedConfirmation" FOR EACH ROW EXECUTE FUNCTION "DeedConfirmation_delete_recount"();

CREATE FUNCTION "Binding_insert_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."groupId");
  RETURN NULL;
END $$;
CREATE TRIGGER "Binding_insert_recount" AFTER INSERT ON "Binding" FOR EACH ROW EXECUTE FUNCTION "Binding_insert_recount"();

CREATE FUNCTION "Binding_update_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."groupId");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."groupId");
  RETURN NULL;
END $$;
CREATE TRIGGER "Binding_update_recount" AFTER UPDATE OF "groupId", "cadreId", "personId", "at", "eventKey" ON "Binding" FOR EACH ROW EXECUTE FUNCTION "Binding_update_recount"();

CREATE FUNCTION "Binding_delete_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."groupId");
  RETURN NULL;
END $$;
CREATE TRIGGER "Binding_delete_recount" AFTER DELETE ON "Binding" FOR EACH ROW EXECUTE FUNCTION "Binding_delete_recount"();

CREATE FUNCTION "Cadre_update_recount"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = OLD."id");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = NEW."id");
  RETURN NULL;
END $$;
CREATE TRIGGER "Cadre_update_recount" AFTER UPDATE OF "personId" ON "Cadre" FOR EACH ROW EXECUTE FUNCTION "Cadre_update_recount"();

CREATE FUNCTION "Deed_insert_redigest"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  UPDATE "Cadre" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."cadreId");
  RETURN NULL;
END $$;
CREATE TRIGGER "Deed_insert_redigest" AFTER INSERT ON "Deed" FOR EACH ROW EXECUTE FUNCTION "Deed_insert_redigest"();

CREATE FUNCTION "Deed_update_redigest"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  UPDATE "Cadre" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."cadreId");
  UPDATE "Cadre" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."cadreId");
  RETURN NULL;
END $$;
CREATE TRIGGER "Deed_update_redigest" AFTER UPDATE OF "cadreId", "kind", "day", "grade", "participants", "withBranch", "withClub", "withdrawnAt" ON "Deed" FOR EACH ROW EXECUTE FUNCTION "Deed_update_redigest"();

CREATE FUNCTION "Deed_delete_redigest"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
  UPDATE "Cadre" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."cadreId");
  RETURN NULL;
END $$;
CREATE TRIGGER "Deed_delete_redigest" AFTER DELETE ON "Deed" FOR EACH ROW EXECUTE FUNCTION "Deed_delete_redigest"();
