# syntax=docker/dockerfile:1

# Builds the program, then leaves out what only building and testing need.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# Without its devDependencies in package.json, `prisma` and `typescript` (optional peers of @prisma/client) go as well.
RUN node bot/build.mjs \
  && npm pkg delete devDependencies \
  && npm prune --ignore-scripts \
  && mkdir data

FROM node:20-slim
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Read as they are while the program runs: the starter, the migrations, the topic library, the sandbox page.
COPY --from=build /app/bot/lianqing.mjs ./bot/
COPY --from=build /app/prisma/migrations ./prisma/migrations
COPY --from=build /app/prompts ./prompts
COPY --from=build /app/adapters/sandbox/page ./adapters/sandbox/page
COPY --from=build --chown=node:node /app/data ./data
USER node
VOLUME /app/data
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s CMD ["node", "bot/lianqing.mjs", "health"]
ENTRYPOINT ["node", "bot/lianqing.mjs"]
CMD ["start"]
