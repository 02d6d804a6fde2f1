-- CreateTable
CREATE TABLE "Account" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "platform" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "leaseHolder" TEXT,
    "leaseUntil" DATETIME,
    "login" TEXT,
    "identities" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Group" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "accountId" INTEGER NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "createdAt" DATETIME NOT NULL,
    "leftAt" DATETIME,
    "unmatchedAt" DATETIME,
    "ownerId" INTEGER,
    "ownerSaid" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Group_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "GroupAlias" (
    "accountId" INTEGER NOT NULL,
    "externalId" TEXT NOT NULL,
    "groupId" INTEGER NOT NULL,
    "login" TEXT NOT NULL DEFAULT '',

    PRIMARY KEY ("accountId", "externalId"),
    CONSTRAINT "GroupAlias_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Person" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "accountId" INTEGER NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "bot" BOOLEAN NOT NULL DEFAULT false,
    "mark" TEXT,
    "recallHash" TEXT,
    "byName" INTEGER NOT NULL DEFAULT 0,
    "asideOfId" INTEGER,
    CONSTRAINT "Person_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PersonAlias" (
    "accountId" INTEGER NOT NULL,
    "externalId" TEXT NOT NULL,
    "personId" INTEGER NOT NULL,
    "login" TEXT NOT NULL DEFAULT '',

    PRIMARY KEY ("accountId", "externalId"),
    CONSTRAINT "PersonAlias_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Member" (
    "groupId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "joinedAt" DATETIME,
    "leftAt" DATETIME,

    PRIMARY KEY ("groupId", "personId"),
    CONSTRAINT "Member_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Member_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "GroupCount" (
    "groupId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "cadreId" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "roster" INTEGER NOT NULL,
    "met" INTEGER NOT NULL,
    "held1" INTEGER NOT NULL,
    "held2" INTEGER NOT NULL,
    "held3" INTEGER NOT NULL,
    "held4" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "DeedDigest" (
    "cadreId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "since" INTEGER NOT NULL,
    "coding" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "deeds" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Unit" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "parentId" INTEGER,
    "profile" TEXT,
    "profileSince" INTEGER,
    "manyYouths" BOOLEAN,
    "evidence" TEXT,
    CONSTRAINT "Unit_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Unit" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Adjustment" (
    "unitId" INTEGER NOT NULL,
    "requirement" TEXT NOT NULL,
    "quarter" TEXT NOT NULL DEFAULT '',
    "body" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("unitId", "requirement", "quarter"),
    CONSTRAINT "Adjustment_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Semester" (
    "unitId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "fromDay" INTEGER NOT NULL,
    "toDay" INTEGER NOT NULL,

    PRIMARY KEY ("unitId", "key"),
    CONSTRAINT "Semester_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Cadre" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "unitId" INTEGER NOT NULL,
    "personId" INTEGER,
    "createdAt" DATETIME NOT NULL,
    "identityAt" DATETIME,
    "kind" TEXT NOT NULL DEFAULT 'full_time',
    "branch" TEXT NOT NULL DEFAULT '',
    "club" TEXT NOT NULL DEFAULT '',
    "organ" BOOLEAN NOT NULL DEFAULT false,
    "exempt" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Cadre_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Cadre_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Administrator" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "unitId" INTEGER NOT NULL,
    "personId" INTEGER,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Administrator_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Administrator_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Operator" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "personId" INTEGER,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Operator_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "BindingCode" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "cadreId" INTEGER,
    "administratorId" INTEGER,
    "operatorId" INTEGER,
    "hash" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    CONSTRAINT "BindingCode_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "BindingCode_administratorId_fkey" FOREIGN KEY ("administratorId") REFERENCES "Administrator" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "BindingCode_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CodeAttempt" (
    "personId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "count" INTEGER NOT NULL,
    "since" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Binding" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" INTEGER NOT NULL,
    "cadreId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "eventKey" TEXT NOT NULL,
    CONSTRAINT "Binding_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Binding_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Presence" (
    "groupId" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "slots" BIGINT NOT NULL,

    PRIMARY KEY ("groupId", "day", "personId")
);

-- CreateTable
CREATE TABLE "Address" (
    "groupId" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "fromId" INTEGER NOT NULL,
    "toId" INTEGER NOT NULL,

    PRIMARY KEY ("groupId", "day", "fromId", "toId")
);

-- CreateTable
CREATE TABLE "TopicMark" (
    "groupId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,

    PRIMARY KEY ("groupId", "key", "personId", "at")
);

-- CreateTable
CREATE TABLE "Listening" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "accountId" INTEGER NOT NULL,
    "groupId" INTEGER,
    "fromMs" BIGINT NOT NULL,
    "untilMs" BIGINT NOT NULL,
    CONSTRAINT "Listening_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FoldedDay" (
    "groupId" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "voice" BOOLEAN NOT NULL,
    "active" INTEGER NOT NULL,
    "covered" INTEGER NOT NULL,
    "complete" BOOLEAN NOT NULL,

    PRIMARY KEY ("groupId", "day")
);

-- CreateTable
CREATE TABLE "FoldedWeek" (
    "groupId" INTEGER NOT NULL,
    "week" INTEGER NOT NULL,
    "exchange" INTEGER NOT NULL,

    PRIMARY KEY ("groupId", "week")
);

-- CreateTable
CREATE TABLE "Inbox" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "accountId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "body" TEXT,
    "receivedAt" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "doneAt" DATETIME,
    "fault" TEXT,
    CONSTRAINT "Inbox_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
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
    "createdAt" DATETIME NOT NULL,
    "notBefore" DATETIME NOT NULL,
    "expiresAt" DATETIME,
    "unsureSince" DATETIME,
    "settledAt" DATETIME,
    "messageId" TEXT,
    "topicId" INTEGER,
    "fault" TEXT,
    CONSTRAINT "Outbox_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Topic" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "libraryId" TEXT,
    "openedAt" DATETIME NOT NULL,
    "closesAt" DATETIME NOT NULL,
    "closedAt" DATETIME,
    "messageId" TEXT,
    "clear" INTEGER,
    "inferred" INTEGER,
    "followUp" TEXT,
    "source" TEXT,
    CONSTRAINT "Topic_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PlannedTopic" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "libraryId" TEXT,
    "followUp" TEXT,
    "at" DATETIME NOT NULL,
    CONSTRAINT "PlannedTopic_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ShelfPiece" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "unitId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "url" TEXT,
    "fileName" TEXT,
    "file" TEXT,
    "createdAt" DATETIME NOT NULL,
    "removedAt" DATETIME,
    CONSTRAINT "ShelfPiece_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Push" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT,
    "pieceId" INTEGER,
    "at" DATETIME NOT NULL,
    CONSTRAINT "Push_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "KeptCard" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "groupId" INTEGER NOT NULL,
    "shows" TEXT NOT NULL,
    "postedAt" DATETIME NOT NULL,
    "changed" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "ModelTask" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "accountId" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "personId" INTEGER NOT NULL,
    "groupId" INTEGER,
    "body" TEXT,
    "createdAt" DATETIME NOT NULL,
    "doneAt" DATETIME,
    CONSTRAINT "ModelTask_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ModelUse" (
    "day" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "tokens" INTEGER NOT NULL,
    "calls" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Demand" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "askerId" INTEGER,
    "address" TEXT,
    "ticket" TEXT,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "createdAt" DATETIME NOT NULL,
    "acceptedAt" DATETIME,
    "answeredAt" DATETIME,
    "closedAt" DATETIME,
    "reply" TEXT,
    "kind" TEXT,
    "field" TEXT,
    "consent" TEXT,
    "mergedInto" INTEGER,
    "publicNote" TEXT,
    CONSTRAINT "Demand_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DemandSupport" (
    "demandId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,

    PRIMARY KEY ("demandId", "personId"),
    CONSTRAINT "DemandSupport_demandId_fkey" FOREIGN KEY ("demandId") REFERENCES "Demand" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DemandPhoto" (
    "file" TEXT NOT NULL PRIMARY KEY,
    "demandId" INTEGER NOT NULL,
    "addedAt" DATETIME NOT NULL,
    CONSTRAINT "DemandPhoto_demandId_fkey" FOREIGN KEY ("demandId") REFERENCES "Demand" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SealedSlip" (
    "ticket" TEXT NOT NULL PRIMARY KEY,
    "body" TEXT NOT NULL,
    "dueAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "DayCount" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "day" INTEGER NOT NULL,
    "count" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "FormerPerson" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "byName" INTEGER NOT NULL DEFAULT 0,
    "personId" INTEGER NOT NULL,
    "toByName" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Wish" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "wisherId" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "named" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'open',
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "claimerId" INTEGER,
    "claimedAt" DATETIME,
    "introduction" TEXT,
    "words" TEXT,
    "photo" TEXT,
    "thanks" TEXT,
    "closedAt" DATETIME,
    "deedId" INTEGER,
    CONSTRAINT "Wish_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Wish_deedId_fkey" FOREIGN KEY ("deedId") REFERENCES "Deed" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Help" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "ownerId" INTEGER NOT NULL,
    "direction" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "closedAt" DATETIME,
    CONSTRAINT "Help_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "HelpContact" (
    "helpId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "askedAt" DATETIME NOT NULL,

    PRIMARY KEY ("helpId", "personId"),
    CONSTRAINT "HelpContact_helpId_fkey" FOREIGN KEY ("helpId") REFERENCES "Help" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Inquiry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "askerId" INTEGER,
    "inGroup" BOOLEAN NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "createdAt" DATETIME NOT NULL,
    "answer" TEXT,
    "answeredAt" DATETIME,
    "faq" TEXT,
    CONSTRAINT "Inquiry_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ProblemReport" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" INTEGER NOT NULL,
    "cadreId" INTEGER NOT NULL,
    "quarter" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "body" TEXT NOT NULL,
    "deedId" INTEGER,
    CONSTRAINT "ProblemReport_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ProblemReport_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ProblemReport_deedId_fkey" FOREIGN KEY ("deedId") REFERENCES "Deed" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Activity" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "place" TEXT NOT NULL DEFAULT '',
    "startsAt" DATETIME NOT NULL,
    "endsAt" DATETIME NOT NULL,
    "offline" BOOLEAN NOT NULL DEFAULT true,
    "kind" TEXT NOT NULL DEFAULT 'exchange',
    "capacity" INTEGER,
    "createdAt" DATETIME NOT NULL,
    "closedAt" DATETIME,
    "note" TEXT,
    "source" TEXT,
    CONSTRAINT "Activity_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CheckIn" (
    "activityId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "ticked" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("activityId", "personId"),
    CONSTRAINT "CheckIn_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Survey" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "anonymous" BOOLEAN NOT NULL DEFAULT true,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "createdAt" DATETIME NOT NULL,
    "openedAt" DATETIME,
    "closesAt" DATETIME,
    "closedAt" DATETIME,
    "youths" INTEGER,
    "evaluates" BOOLEAN NOT NULL DEFAULT false,
    "semester" TEXT,
    "cadreId" INTEGER,
    "marks" INTEGER,
    "markSum" INTEGER,
    CONSTRAINT "Survey_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SurveyAnswer" (
    "surveyId" INTEGER NOT NULL,
    "respondent" TEXT NOT NULL,
    "answers" TEXT NOT NULL,
    "heldBy" TEXT,

    PRIMARY KEY ("surveyId", "respondent"),
    CONSTRAINT "SurveyAnswer_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SignUp" (
    "activityId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("activityId", "personId"),
    CONSTRAINT "SignUp_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Deed" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
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
    "createdAt" DATETIME NOT NULL,
    "withdrawnAt" DATETIME,
    "codeHash" TEXT,
    "codeUntil" DATETIME,
    "activityId" INTEGER,
    CONSTRAINT "Deed_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Deed_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Pairing" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "cadreId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "since" INTEGER NOT NULL,
    "lastOn" INTEGER,
    "times" INTEGER NOT NULL DEFAULT 0,
    "endedAt" DATETIME,
    CONSTRAINT "Pairing_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FirstStep" (
    "cadreId" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,

    PRIMARY KEY ("cadreId", "step"),
    CONSTRAINT "FirstStep_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ReminderSetting" (
    "personId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "minute" INTEGER,
    "weekly" INTEGER
);

-- CreateTable
CREATE TABLE "DeedPhoto" (
    "file" TEXT NOT NULL PRIMARY KEY,
    "deedId" INTEGER NOT NULL,
    "addedAt" DATETIME NOT NULL,
    CONSTRAINT "DeedPhoto_deedId_fkey" FOREIGN KEY ("deedId") REFERENCES "Deed" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DeedConfirmation" (
    "deedId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("deedId", "personId"),
    CONSTRAINT "DeedConfirmation_deedId_fkey" FOREIGN KEY ("deedId") REFERENCES "Deed" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "DeedConfirmation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Reminder" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "cadreId" INTEGER,
    "administratorId" INTEGER,
    "groupId" INTEGER NOT NULL,
    "requirement" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Mute" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "cadreId" INTEGER,
    "administratorId" INTEGER,
    "requirement" TEXT NOT NULL,
    "until" DATETIME,
    CONSTRAINT "Mute_cadreId_fkey" FOREIGN KEY ("cadreId") REFERENCES "Cadre" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Mute_administratorId_fkey" FOREIGN KEY ("administratorId") REFERENCES "Administrator" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Confirmation" (
    "personId" INTEGER NOT NULL,
    "chat" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,

    PRIMARY KEY ("personId", "chat")
);

-- CreateTable
CREATE TABLE "JobRun" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "dueAt" DATETIME NOT NULL,
    "ranAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Audit" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "hash" TEXT NOT NULL
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

-- Revisions of groups and cadres (prisma/tools/recount-triggers.ts)

CREATE TRIGGER "Member_insert_recount" AFTER INSERT ON "Member" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."groupId");
END;

CREATE TRIGGER "Member_update_recount" AFTER UPDATE OF "groupId", "personId", "leftAt" ON "Member" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."groupId");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."groupId");
END;

CREATE TRIGGER "Member_delete_recount" AFTER DELETE ON "Member" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."groupId");
END;

CREATE TRIGGER "Person_update_recount" AFTER UPDATE OF "bot" ON "Person" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Member" WHERE "personId" = OLD."id");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Member" WHERE "personId" = NEW."id");
END;

CREATE TRIGGER "Activity_update_recount" AFTER UPDATE OF "groupId", "offline", "startsAt", "closedAt", "note" ON "Activity" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."groupId");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."groupId");
END;

CREATE TRIGGER "CheckIn_insert_recount" AFTER INSERT ON "CheckIn" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Activity" WHERE "id" = NEW."activityId");
END;

CREATE TRIGGER "CheckIn_update_recount" AFTER UPDATE OF "activityId", "personId", "at" ON "CheckIn" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Activity" WHERE "id" = OLD."activityId");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Activity" WHERE "id" = NEW."activityId");
END;

CREATE TRIGGER "CheckIn_delete_recount" AFTER DELETE ON "CheckIn" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Activity" WHERE "id" = OLD."activityId");
END;

CREATE TRIGGER "Deed_update_recount" AFTER UPDATE OF "cadreId", "kind", "day", "withdrawnAt" ON "Deed" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = OLD."cadreId");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = NEW."cadreId");
END;

CREATE TRIGGER "DeedConfirmation_insert_recount" AFTER INSERT ON "DeedConfirmation" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = (SELECT "cadreId" FROM "Deed" WHERE "id" = NEW."deedId"));
END;

CREATE TRIGGER "DeedConfirmation_update_recount" AFTER UPDATE OF "deedId", "personId" ON "DeedConfirmation" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = (SELECT "cadreId" FROM "Deed" WHERE "id" = OLD."deedId"));
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = (SELECT "cadreId" FROM "Deed" WHERE "id" = NEW."deedId"));
END;

CREATE TRIGGER "DeedConfirmation_delete_recount" AFTER DELETE ON "DeedConfirmation" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = (SELECT "cadreId" FROM "Deed" WHERE "id" = OLD."deedId"));
END;

CREATE TRIGGER "Binding_insert_recount" AFTER INSERT ON "Binding" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."groupId");
END;

CREATE TRIGGER "Binding_update_recount" AFTER UPDATE OF "groupId", "cadreId", "personId", "at", "eventKey" ON "Binding" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."groupId");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."groupId");
END;

CREATE TRIGGER "Binding_delete_recount" AFTER DELETE ON "Binding" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."groupId");
END;

CREATE TRIGGER "Cadre_update_recount" AFTER UPDATE OF "personId" ON "Cadre" BEGIN
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = OLD."id");
  UPDATE "Group" SET "revision" = "revision" + 1 WHERE "id" IN (SELECT "groupId" FROM "Binding" WHERE "cadreId" = NEW."id");
END;

CREATE TRIGGER "Deed_insert_redigest" AFTER INSERT ON "Deed" BEGIN
  UPDATE "Cadre" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."cadreId");
END;

CREATE TRIGGER "Deed_update_redigest" AFTER UPDATE OF "cadreId", "kind", "day", "grade", "participants", "withBranch", "withClub", "withdrawnAt" ON "Deed" BEGIN
  UPDATE "Cadre" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."cadreId");
  UPDATE "Cadre" SET "revision" = "revision" + 1 WHERE "id" IN (NEW."cadreId");
END;

CREATE TRIGGER "Deed_delete_redigest" AFTER DELETE ON "Deed" BEGIN
  UPDATE "Cadre" SET "revision" = "revision" + 1 WHERE "id" IN (OLD."cadreId");
END;
